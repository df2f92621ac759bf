// An order is confirmed at once, and saved in the background. The disk is full.
#include "tests/support/stepped.hpp"

#include <chrono>
#include <stdexcept>

#include <boost/asio/detached.hpp>
#include <gtest/gtest.h>

namespace {

namespace runtime = mini_redis::runtime;
namespace asio = runtime::asio;
using runtime::awaitable;

struct World : mini_redis::tests::Stepped {
    awaitable<void> save()
    {
        co_await pause(std::chrono::seconds(1));
        throw std::runtime_error("no space left");
    }
    bool confirmed = false;
};

// Yours:
awaitable<void> order(World& world)
{
    asio::co_spawn(world.executor(), world.save(), asio::detached);
    world.confirmed = true;
    co_return;
}

// The test:
awaitable<void> customer(World& world, bool& gone)
{
    co_await order(world);
    gone = true;
}

TEST(NobodyHears, IsNotWhatBecomesOfAFault)
{
    World world;
    bool gone = false;
    world.tasks.spawn("customer", customer(world, gone));
    world.settle();
    EXPECT_TRUE(world.confirmed);
    EXPECT_TRUE(gone) << "the customer waits for the disk";
    EXPECT_EQ(world.tasks.size(), 1) << "who ends now does not know that something is under way";
    world.advance(std::chrono::seconds(1));
    EXPECT_EQ(world.faults, "save;") << "heard of: '" << world.faults << "'";
}

}  // namespace
