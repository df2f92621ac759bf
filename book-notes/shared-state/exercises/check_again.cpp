// Ten clients read a counter, wait a second for a disk, and add one if nobody else has meanwhile.
#include "tests/support/stepped.hpp"

#include <gtest/gtest.h>

namespace {

using mini_redis::runtime::awaitable;

struct World : mini_redis::tests::Stepped {
    awaitable<void> journal()
    {
        mini_redis::runtime::Alarm alarm(executor(), clock);
        co_await alarm.wait_for(std::chrono::seconds(1));
    }
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
    world.settle();
    int seconds = 0;
    for (; world.tasks.size() != 0; ++seconds) world.advance(std::chrono::seconds(1));
    EXPECT_EQ(world.counter, 10);
    EXPECT_LE(seconds, 10);
}

}  // namespace
