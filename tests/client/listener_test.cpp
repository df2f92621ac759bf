// A listener stepped by hand: everything that the server says, and nothing else.
#include "client/listener.hpp"

#include "tests/client/world.hpp"

namespace mini_redis::tests {
namespace {

using client::Listener;

class Listening : public testing::Test {
protected:
    Listening() { listener.emplace(world.context, Options(), world.network.outside()); }
    std::string next()
    {
        Asked<Listener::Said> asked;
        world.ask(listener->next(), asked);
        world.settle_until([&] { return asked.result.has_value(); }, 3);
        if (!asked.result) {
            asked.signal.emit(asio::cancellation_type::terminal);
            world.settle();
        }
        return asked.ok() ? to_text(asked.result->value().value) : asked.text();
    }

    ClientWorld world;
    std::optional<Listener> listener;
};

TEST_F(Listening, HearsRepliesErrorsAndPushesInOrder)
{
    listener->send("MONITOR");
    world.settle();
    world.network.say("-ERR no\r\n>1\r\n+pushed\r\n+1.5 [0 x] \"GET\"\r\n");
    EXPECT_EQ(next(), "OK");
    EXPECT_EQ(next(), "(error) ERR no");
    EXPECT_EQ(next(), "1> pushed");
    EXPECT_EQ(next(), "1.5 [0 x] \"GET\"");
    EXPECT_EQ(next(), "cancelled");
}

TEST_F(Listening, TellsOfTheEndAfterAllThatCameBefore)
{
    listener->send("MONITOR");
    world.settle();
    world.network.say("+last\r\n");
    world.network.hang_up();
    world.settle();
    EXPECT_EQ(next(), "OK");
    EXPECT_EQ(next(), "last");
    EXPECT_EQ(next(), "connection lost (closed by the server)");
    EXPECT_EQ(next(), "connection lost (closed by the server)");
    EXPECT_EQ(world.network.server.executed["MONITOR"], 1);
    listener->send("PING");
    EXPECT_EQ(next(), "PONG");
    EXPECT_EQ(world.network.server.executed["MONITOR"], 1);
    EXPECT_EQ(world.network.server.connections, 2);
}

TEST_F(Listening, TellsWhyThereIsNoConnection)
{
    world.network.refusal = asio::error::connection_refused;
    listener->send("MONITOR");
    EXPECT_FALSE(world.settle_until([&] { return false; }, 20));
    EXPECT_EQ(next(), "cannot connect to 127.0.0.1:6379: Connection refused");
}

}  // namespace
}  // namespace mini_redis::tests
