// One task asks two things of a server, by a client of which all requests that are asked in one
// round of the loop leave in one write.
#include "client/client.hpp"
#include "tests/client/fake_network.hpp"

#include <gtest/gtest.h>

namespace {

using mini_redis::client::awaitable;
using mini_redis::client::Client;
using Reply = mini_redis::client::Result<std::optional<std::string>>;

struct World {
    void settle()
    {
        context.restart();
        context.poll();
    }
    mini_redis::tests::FakeNetwork network;
    mini_redis::client::asio::io_context context{1};
    Client redis{context, mini_redis::client::Options(), network.outside()};
    std::string heard;
};

// Yours:
awaitable<void> ask(World& world)
{
    const Reply first = co_await world.redis.get("a");
    const Reply second = co_await world.redis.get("b");
    world.heard = first.value().value() + second.value().value();
}

// The test:
TEST(TwoAtOnce, BothLeaveInOneWrite)
{
    World world;
    world.redis.connect()([](const auto&) {});
    world.settle();
    const int before = world.network.writes;
    co_spawn(world.context, ask(world), [](const std::exception_ptr&) {});
    world.settle();
    EXPECT_EQ(world.heard, "aabb");
    EXPECT_EQ(world.network.writes - before, 1) << "the second waits for the first";
}

}  // namespace
