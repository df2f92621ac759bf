// When keys end.
#include "tests/support/command_fixture.hpp"

namespace mini_redis::tests {
namespace {

class ExpireCommands : public CommandFixture {
protected:
    ExpireCommands() { run("SET", "a", "1"); }

    const std::string now_s = std::to_string(TestServer::start_ms / 1000);
};

TEST_F(ExpireCommands, SetTheMoment)
{
    EXPECT_EQ(show("EXPIRE", "a", "10"), "(integer) 1");
    EXPECT_EQ(show("PTTL", "a"), "(integer) 10000");
    EXPECT_EQ(show("PEXPIRE", "a", "1500"), "(integer) 1");
    EXPECT_EQ(show("PTTL", "a"), "(integer) 1500");
    EXPECT_EQ(show("EXPIREAT", "a", std::to_string(server.now / 1000 + 3)), "(integer) 1");
    EXPECT_EQ(show("TTL", "a"), "(integer) 3");
    EXPECT_EQ(show("PEXPIREAT", "a", std::to_string(server.now + 7)), "(integer) 1");
    EXPECT_EQ(show("PEXPIRETIME", "a"), "(integer) " + std::to_string(server.now + 7));
    EXPECT_EQ(show("EXPIRETIME", "a"), "(integer) " + now_s);
    EXPECT_EQ(show("EXPIRE", "missing", "10"), "(integer) 0");
    advance(8);
    EXPECT_EQ(show("EXISTS", "a"), "(integer) 0");
}

TEST_F(ExpireCommands, RoundToTheNearestSecond)
{
    run("PEXPIRE", "a", "1499");
    EXPECT_EQ(show("TTL", "a"), "(integer) 1");
    run("PEXPIRE", "a", "1500");
    EXPECT_EQ(show("TTL", "a"), "(integer) 2");
}

TEST_F(ExpireCommands, TellForEverFromNotThere)
{
    for (const char* command : {"TTL", "PTTL", "EXPIRETIME", "PEXPIRETIME"}) {
        EXPECT_EQ(show(command, "a"), "(integer) -1");
        EXPECT_EQ(show(command, "missing"), "(integer) -2");
    }
}

TEST_F(ExpireCommands, RemoveTheKeyWhenTheMomentHasPassed)
{
    for (const char* time : {"0", "-1", "-9223372036854775"}) {
        run("SET", "a", "1");
        EXPECT_EQ(show("EXPIRE", "a", time), "(integer) 1");
        EXPECT_EQ(show("EXISTS", "a"), "(integer) 0");
    }
}

TEST_F(ExpireCommands, CompareTheMomentWithTheOneThatIs)
{
    EXPECT_EQ(show("EXPIRE", "a", "10", "XX"), "(integer) 0");
    EXPECT_EQ(show("EXPIRE", "a", "10", "GT"), "(integer) 0");
    EXPECT_EQ(show("EXPIRE", "a", "10", "LT"), "(integer) 1");
    EXPECT_EQ(show("EXPIRE", "a", "10", "NX"), "(integer) 0");
    EXPECT_EQ(show("EXPIRE", "a", "10", "LT"), "(integer) 0");
    EXPECT_EQ(show("EXPIRE", "a", "10", "GT"), "(integer) 0");
    EXPECT_EQ(show("EXPIRE", "a", "11", "gt", "xx"), "(integer) 1");
    EXPECT_EQ(show("EXPIRE", "a", "9", "lt", "xx"), "(integer) 1");
    run("PERSIST", "a");
    EXPECT_EQ(show("EXPIRE", "a", "10", "LT", "XX"), "(integer) 0");
    EXPECT_EQ(show("EXPIRE", "a", "10", "NX"), "(integer) 1");
}

TEST_F(ExpireCommands, ComplainInTheOrderOfRedis)
{
    constexpr const char* not_an_integer = "(error) ERR value is not an integer or out of range";
    EXPECT_EQ(show("EXPIRE", "a", "x", "foo"), "(error) ERR Unsupported option foo");
    EXPECT_EQ(show("EXPIRE", "a", "x", "NX", "GT"),
              "(error) ERR NX and XX, GT or LT options at the same time are not compatible");
    EXPECT_EQ(show("EXPIRE", "a", "x", "GT", "LT"),
              "(error) ERR GT and LT options at the same time are not compatible");
    EXPECT_EQ(show("EXPIRE", "a", "x", "GT"), not_an_integer);
    EXPECT_EQ(show("EXPIRE", "missing", "9223372036854776"),
              "(error) ERR invalid expire time in 'expire' command");
    EXPECT_EQ(show("PEXPIRE", "a", "9223372036854775807"),
              "(error) ERR invalid expire time in 'pexpire' command");
    EXPECT_EQ(show("EXPIREAT", "a", "-9223372036854776"),
              "(error) ERR invalid expire time in 'expireat' command");
    EXPECT_EQ(show("PEXPIREAT", "a", "9223372036854775808"), not_an_integer);
    EXPECT_EQ(show("PEXPIREAT", "a", "9223372036854775807"), "(integer) 1");
}

TEST_F(ExpireCommands, TakeTheMomentBack)
{
    EXPECT_EQ(show("PERSIST", "a"), "(integer) 0");
    EXPECT_EQ(show("PERSIST", "missing"), "(integer) 0");
    run("EXPIRE", "a", "10");
    EXPECT_EQ(show("PERSIST", "a"), "(integer) 1");
    EXPECT_EQ(show("TTL", "a"), "(integer) -1");
}

}  // namespace
}  // namespace mini_redis::tests
