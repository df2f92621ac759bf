// A server that is busy answers at the third attempt, or not at all. Each attempt takes a second.
#include "tests/support/stepped.hpp"

#include <algorithm>
#include <chrono>
#include <functional>
#include <utility>

#include <gtest/gtest.h>

namespace {

namespace runtime = mini_redis::runtime;
using runtime::awaitable;

struct World : mini_redis::tests::Stepped {
    explicit World(int which) : needed(which) {}

    awaitable<bool> attempt()
    {
        co_await pause(std::chrono::seconds(1));
        co_return ++attempts == needed;
    }
    int needed;
    int attempts = 0;
};

// Yours:
awaitable<bool> insist(awaitable<bool> attempt)
{
    co_return co_await std::move(attempt);
}

awaitable<bool> ask(World& world)
{
    return insist(world.attempt());
}

// The test:
TEST(ThreeTries, AreMadeAndNotAFourth)
{
    for (const int needed : {1, 2, 3, 4}) {
        World world(needed);
        bool answered = false;
        world.tasks.spawn("ask", world.keep(ask(world), answered));
        world.seconds_until_idle();
        EXPECT_EQ(world.attempts, std::min(needed, 3)) << "gave up after " << world.attempts;
        EXPECT_EQ(answered, needed <= 3);
    }
}

}  // namespace
