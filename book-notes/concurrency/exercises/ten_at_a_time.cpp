// A hundred pages of one server, which allows ten requests at a time.
#include "server/runtime/semaphore.hpp"
#include "tests/support/stepped.hpp"

#include <algorithm>
#include <chrono>

#include <gtest/gtest.h>

namespace {

namespace runtime = mini_redis::runtime;
using runtime::awaitable;

struct World : mini_redis::tests::Stepped {
    awaitable<void> fetch()
    {
        most = std::max(most, ++under_way);
        co_await pause(std::chrono::seconds(1));
        --under_way;
    }
    runtime::Semaphore ten{executor(), 10};
    int under_way = 0;
    int most = 0;
};

// Yours:
awaitable<void> politely(World& world)
{
    co_await world.ten.acquire();
    co_await world.fetch();
}

// The test:
TEST(TenAtATime, AndNoFewer)
{
    World world;
    for (int i = 0; i < 100; ++i) world.tasks.spawn("fetch", politely(world));
    const int seconds = world.seconds_until_idle();
    EXPECT_EQ(world.most, 10) << "under way at once: " << world.most;
    EXPECT_EQ(seconds, 10);
}

}  // namespace
