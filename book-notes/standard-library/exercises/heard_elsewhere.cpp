// A task of a loop ends when a stop token says so. Who asks is on a thread of his own, and a bell
// may be rung by the loop's thread only.
#include "server/runtime/notify.hpp"
#include "tests/support/stepped.hpp"

#include <stop_token>
#include <thread>

#include <gtest/gtest.h>

namespace {

namespace runtime = mini_redis::runtime;
using runtime::awaitable;

struct World : mini_redis::tests::Stepped {
    void ring()
    {
        rung_by = std::this_thread::get_id();
        bell.notify();
    }
    runtime::Notify bell{executor()};
    std::thread::id rung_by;
    bool ended = false;
};

// Yours:
awaitable<void> work(World& world, std::stop_token stop)
{
    const std::stop_callback heard(stop, [&world] { world.ring(); });
    co_await world.bell.wait();
    world.ended = true;
}

// The test:
TEST(HeardElsewhere, TheBellIsRungByTheThreadOfTheLoop)
{
    World world;
    std::stop_source source;
    world.tasks.spawn("work", work(world, source.get_token()));
    world.settle();
    EXPECT_FALSE(world.ended) << "nobody has asked yet";
    std::thread([&source] { source.request_stop(); }).join();
    world.settle();
    EXPECT_TRUE(world.ended);
    EXPECT_EQ(world.rung_by, std::this_thread::get_id()) << "rung by the thread of who asks";
}

TEST(HeardElsewhere, WhoWasAskedBeforeItBeganEndsToo)
{
    World world;
    std::stop_source source;
    source.request_stop();
    world.tasks.spawn("work", work(world, source.get_token()));
    world.settle();
    EXPECT_TRUE(world.ended) << "asked too early";
}

}  // namespace
