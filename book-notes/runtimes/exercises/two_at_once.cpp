// One task asks two things of a server, by a client of which all requests that are asked in one
// round of the loop leave in one write.
#include "tests/client/world.hpp"

#include <exception>
#include <optional>
#include <string>

#include <gtest/gtest.h>

namespace {

using mini_redis::client::awaitable;
using Reply = mini_redis::client::Result<std::optional<std::string>>;

struct World : mini_redis::tests::ClientWorld {
    std::string heard;
};

// Yours:
awaitable<void> ask(World& world)
{
    const Reply first = co_await world.client->get("a");
    const Reply second = co_await world.client->get("b");
    world.heard = first.value().value() + second.value().value();
}

// The test:
TEST(TwoAtOnce, BothLeaveInOneWrite)
{
    World world;
    ASSERT_EQ(world.value_of("w"), "ww");  // it is connected
    const int before = world.network.writes;
    co_spawn(world.context, ask(world), [](const std::exception_ptr&) {});
    world.settle();
    EXPECT_EQ(world.heard, "aabb");
    for (const char* asked : {"GET a", "GET b"})
        EXPECT_EQ(world.network.server.executed[asked], 1) << asked;
    EXPECT_EQ(world.network.writes - before, 1) << "the second waits for the first";
}

}  // namespace
