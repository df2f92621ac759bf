// A connection, step by step: the real one, on a socket pair, with nobody else about.
#include "server/net/connection.hpp"

#include "tests/support/random_requests.hpp"
#include "tests/support/repeat.hpp"
#include "tests/support/world.hpp"

#include <gtest/gtest.h>

namespace mini_redis::tests {
namespace {

constexpr std::string_view ping = "PING\r\n";

TEST(Connection, AnswersAPipelineInOneWrite)
{
    World world;
    WorldClient client(world);
    EXPECT_EQ(client.round_trip(repeat(ping, 16)), repeat("+PONG\r\n", 16));
    EXPECT_EQ(world.counted().writes.get(), 1);
}

TEST(Connection, UnderstandsARequestInPiecesOfAnySize)
{
    const std::string request = to_bytes({"SET", "key", "value"}) + to_bytes({"GET", "key"});
    for (std::size_t piece = 1; piece <= request.size(); ++piece) {
        World world;
        WorldClient client(world);
        std::string replies;
        for (std::size_t at = 0; at < request.size(); at += piece)
            replies += client.round_trip(request.substr(at, piece));
        EXPECT_EQ(replies, "+OK\r\n$5\r\nvalue\r\n") << "in pieces of " << piece;
    }
}

TEST(Connection, AnswersWhatWasHeardBeforeItLeaves)
{
    World world;
    WorldClient client(world);
    client.send(repeat(ping, 3));
    client.half_close();
    world.step();
    EXPECT_EQ(client.receive(), repeat("+PONG\r\n", 3));
    EXPECT_FALSE(world.worker().idle());  // the end came with the bytes, and nobody has looked

    world.next_round();
    EXPECT_TRUE(client.closed());
    EXPECT_TRUE(world.worker().idle());
}

TEST(Connection, NoticesAnEndThatComesAloneAtOnce)
{
    World world;
    WorldClient client(world);
    EXPECT_EQ(client.round_trip(ping), "+PONG\r\n");
    client.half_close();
    world.step();
    EXPECT_TRUE(client.closed());
    EXPECT_TRUE(world.worker().idle());
}

TEST(Connection, ReadsOnUntilNothingIsLeft)
{
    World world;
    WorldClient client(world);
    const std::size_t count = 5'000;  // several times what one read takes
    EXPECT_EQ(client.round_trip(repeat(ping, count)), repeat("+PONG\r\n", count));
}

// However much it sends, and however fast: the others come in between.
TEST(Connection, LetsTheOthersHaveTheirTurn)
{
    World world;
    WorldClient busy(world);
    WorldClient modest(world);
    const std::size_t count = 25'000;
    busy.round_trip("CLIENT REPLY OFF\r\n");
    busy.send(repeat(ping, count));
    modest.send(ping);
    std::string reply;
    for (reply = modest.receive(); reply.empty(); reply = modest.receive())
        ASSERT_EQ(world.worker().thread().context().poll_one(), 1U);
    EXPECT_EQ(reply, "+PONG\r\n");
    EXPECT_LT(world.counted().served.get(), count);
    world.step();
    EXPECT_EQ(world.counted().served.get(), count + 2);
}

TEST(Connection, ServesTheRequestsBeforeAMalformedOne)
{
    World world;
    WorldClient client(world);
    EXPECT_EQ(client.round_trip(std::string(ping) + "*1\r\n!\r\n" + std::string(ping)),
              "+PONG\r\n-ERR Protocol error: expected '$', got '!'\r\n");
    EXPECT_TRUE(client.closed());
}

// A value that is much larger than what the kernel takes at once.
class SlowReader : public testing::Test {
protected:
    static constexpr std::size_t value_bytes = 4'000'000;

    SlowReader() : slow(world), other(world)
    {
        const std::string set = to_bytes({"SET", "big", std::string(value_bytes, 'v')});
        for (std::size_t at = 0; at < set.size(); at += 60'000) {
            other.send(set.substr(at, 60'000));
            world.step();
        }
        EXPECT_EQ(other.receive(), "+OK\r\n");
    }

    World world;
    WorldClient slow;
    WorldClient other;
};

using ConnectionOfASlowReader = SlowReader;

TEST_F(ConnectionOfASlowReader, GetsEveryByteInOrder)
{
    slow.send("GET big\r\n");
    slow.send("ECHO end\r\n");
    std::string all;
    for (std::size_t before = 0;; before = all.size()) {
        world.step();
        all += slow.receive(50'000);
        if (all.size() == before) break;
    }
    const std::string head = "$" + std::to_string(value_bytes) + "\r\n";
    EXPECT_TRUE(all == head + std::string(value_bytes, 'v') + "\r\n$3\r\nend\r\n")
        << "of " << all.size() << " bytes";
}

TEST_F(ConnectionOfASlowReader, SlowsOnlyItself)
{
    slow.send("GET big\r\n");
    world.step();
    for (int i = 0; i < 100; ++i) EXPECT_EQ(other.round_trip(ping), "+PONG\r\n");
    EXPECT_FALSE(slow.receive(1).empty());
}

TEST_F(ConnectionOfASlowReader, IsClosedAloneWhenItAsksForMoreThanItMayBeOwed)
{
    const config::Config::Assignment limit[] = {{"client-output-buffer-limit", "normal 10mb 0 0"}};
    ASSERT_EQ(world.config().set(limit), std::nullopt);
    for (int i = 0; i < 20 && !world.counted().output_limit.get(); ++i) {
        slow.send("GET big\r\n");
        world.step();
    }
    EXPECT_EQ(world.counted().output_limit.get(), 1);
    EXPECT_EQ(other.round_trip(ping), "+PONG\r\n");
    world.step();
    while (!slow.receive().empty()) {
    }
    EXPECT_TRUE(slow.closed());
}

}  // namespace
}  // namespace mini_redis::tests
