// A library asks a thread-local whom it works for. Tasks take turns, so each wait has to keep the
// name.
#include "tests/support/stepped.hpp"

#include <chrono>
#include <stdexcept>
#include <string>
#include <utility>

#include <gtest/gtest.h>

namespace {

using mini_redis::runtime::awaitable;

thread_local std::string served;

struct World : mini_redis::tests::Stepped {
    awaitable<void> second(bool fails = false)
    {
        co_await pause(std::chrono::seconds(1));
        if (fails) throw std::runtime_error("the disk is full");
    }
    std::string log;
};

// Yours:
// Waits; and afterwards the library works for the same one as before.
awaitable<void> keeping(awaitable<void> wait)
{
    co_await std::move(wait);
}

// The test:
awaitable<void> serve(World& world, std::string name, bool fails)
{
    served = name;
    co_await keeping(world.second());
    world.log += name + " as " + served + ", ";
    try {
        co_await keeping(world.second(fails));
    } catch (const std::runtime_error&) {
        world.log += "and hears of it: ";
    }
    world.log += name + " as " + served + ", ";
}

std::string log_of_two(bool fails)
{
    World world;
    world.tasks.spawn("Ann", serve(world, "Ann", fails));
    world.tasks.spawn("Bob", serve(world, "Bob", fails));
    world.settle();
    for (int i = 0; i < 2; ++i) world.advance(std::chrono::seconds(1));
    return world.log;
}

TEST(KeepsTheName, WhoeverHasTheThreadMeanwhile)
{
    EXPECT_EQ(log_of_two(false), "Ann as Ann, Bob as Bob, Ann as Ann, Bob as Bob, ");
}

TEST(KeepsTheName, AlsoWhenTheWaitFails)
{
    EXPECT_EQ(log_of_two(true),
              "Ann as Ann, Bob as Bob, and hears of it: Ann as Ann, and hears of it: Bob as Bob, ");
}

}  // namespace
