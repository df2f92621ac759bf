// Ten clients read a counter, wait a second for a disk, and add one if nobody else has meanwhile.
#include "tests/support/stepped.hpp"

#include <chrono>

#include <gtest/gtest.h>

namespace {

using mini_redis::runtime::awaitable;

struct World : mini_redis::tests::Stepped {
    awaitable<void> journal() { return pause(std::chrono::seconds(1)); }
    int counter = 0;
};

// Yours:
awaitable<void> add(World& world)
{
    const int got = world.counter;
    co_await world.journal();
    if (world.counter == got) world.counter = got + 1;
}

// The test:
TEST(CheckAgain, EveryClientAddsOne)
{
    World world;
    for (int i = 0; i < 10; ++i) world.tasks.spawn("add", add(world));
    const int seconds = world.seconds_until_idle();
    EXPECT_EQ(world.counter, 10) << "increments were lost";
    EXPECT_EQ(seconds, 10) << "seconds, of which each is won by one client";
}

}  // namespace
