// The server's own affairs: CONFIG, SLOWLOG, SHUTDOWN, DEBUG, LOLWUT.
#include "tests/support/command_fixture.hpp"

#include <gmock/gmock.h>

namespace mini_redis::tests {
namespace {

using testing::ContainsRegex;
using testing::HasSubstr;

using Server = CommandFixture;

TEST_F(Server, ConfigChangesAllOrNothing)
{
    EXPECT_EQ(show("CONFIG", "SET", "maxclients", "5", "hz", "20"), "OK");
    EXPECT_EQ(server.config.maxclients.get(), 5);
    EXPECT_TRUE(run("CONFIG", "SET", "maxclients", "6", "port", "many").is_error());
    EXPECT_EQ(server.config.maxclients.get(), 5);
    EXPECT_EQ(show("CONFIG", "SET", "maxclients", "5", "hz"), "(error) ERR syntax error");
    EXPECT_EQ(show("CONFIG", "REWRITE"), "(error) ERR The server is running without a config file");
    EXPECT_TRUE(run("CONFIG", "GET", "nosuch").children.empty());
    EXPECT_EQ(run("CONFIG", "GET", "hz", "maxcl*").children.size(), 4U);
}

TEST_F(Server, SlowlogShowsTenUnlessToldOtherwise)
{
    run("CONFIG", "SET", "slowlog-log-slower-than", "0");
    for (int i = 0; i < 20; ++i) run("PING");
    run("CONFIG", "SET", "slowlog-log-slower-than", "-1");
    EXPECT_EQ(show("SLOWLOG", "LEN"), "(integer) 21");
    EXPECT_EQ(run("SLOWLOG", "GET").children.size(), 10U);
    EXPECT_EQ(run("SLOWLOG", "GET", "3").children.size(), 3U);
    EXPECT_EQ(run("SLOWLOG", "GET", "-1").children.size(), 21U);
    EXPECT_EQ(run("SLOWLOG", "GET", "0").children.size(), 0U);
    EXPECT_EQ(show("SLOWLOG", "GET", "-2"),
              "(error) ERR count should be greater than or equal to -1");
    EXPECT_EQ(show("SLOWLOG", "RESET"), "OK");
    EXPECT_EQ(show("SLOWLOG", "LEN"), "(integer) 0");
}

TEST_F(Server, ShutdownHasNoReply)
{
    EXPECT_EQ(client.raw({"SHUTDOWN", "NOSAVE"}), "");
    EXPECT_EQ(client.served, dispatch::Dispatcher::Served::closing);
    EXPECT_EQ(server.asked_to_shut_down, false);
    TestClient other(server);
    EXPECT_EQ(other.raw({"SHUTDOWN", "now", "force"}), "");
    EXPECT_EQ(server.asked_to_shut_down, true);
}

TEST_F(Server, ShutdownRefusesWhatContradictsItself)
{
    EXPECT_EQ(show("SHUTDOWN", "SAVE", "NOSAVE"), "(error) ERR syntax error");
    EXPECT_EQ(show("SHUTDOWN", "ABORT", "NOW"), "(error) ERR syntax error");
    EXPECT_EQ(show("SHUTDOWN", "ABORT"), "(error) ERR No shutdown in progress.");
    EXPECT_EQ(server.asked_to_shut_down, std::nullopt);
}

TEST_F(Server, DebugTellsItsSubcommandsApart)
{
    ASSERT_EQ(server.config.enable_debug_command.assign("yes"), std::nullopt);
    EXPECT_EQ(show("DEBUG", "set-active-expire", "0"), "OK");
    EXPECT_FALSE(server.keyspace.active_expiry);
    EXPECT_EQ(show("DEBUG", "OBJECT", "a"), "(error) ERR no such key");
    run("SET", "a", "hello");
    EXPECT_THAT(
        run("DEBUG", "OBJECT", "a").text,
        ContainsRegex("^Value at:0x[0-9a-f]+ refcount:1 encoding:embstr serializedlength:"));
    EXPECT_EQ(show("DEBUG", "SLEEP"),
              "(error) ERR unknown subcommand or wrong number of arguments for 'SLEEP'. Try DEBUG "
              "HELP.");
}

TEST_F(Server, LolwutSaysWhoDrewIt)
{
    EXPECT_THAT(run("LOLWUT", "VERSION", "7", "more").text, HasSubstr("mini-redis ver. "));
    EXPECT_EQ(show("LOLWUT", "VERSION", "x"),
              "(error) ERR value is not an integer or out of range");
}

}  // namespace
}  // namespace mini_redis::tests
