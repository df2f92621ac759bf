// Strings as whole values: what SET leaves behind and GET finds.
#include "tests/support/command_fixture.hpp"

namespace mini_redis::tests {
namespace {

using Strings = CommandFixture;

TEST_F(Strings, GetReturnsWhatSetStored)
{
    EXPECT_EQ(show("SET", "a", "b"), "OK");
    EXPECT_EQ(show("GET", "a"), "\"b\"");
    EXPECT_EQ(show("GET", "missing"), "(nil)");
}

TEST_F(Strings, SetForgetsTheExpiryUnlessToldToKeepIt)
{
    run("SET", "kept", "1", "EX", "10");
    run("SET", "dropped", "1", "EX", "10");
    run("SET", "kept", "text", "KEEPTTL");
    run("SET", "dropped", "text");
    advance(10'001);
    EXPECT_EQ(show("GET", "kept"), "(nil)");
    EXPECT_EQ(show("GET", "dropped"), "\"text\"");
}

TEST_F(Strings, SetObeysItsCondition)
{
    EXPECT_EQ(show("SET", "a", "1", "XX"), "(nil)");
    EXPECT_EQ(show("SET", "a", "2", "NX"), "OK");
    EXPECT_EQ(show("SET", "a", "3", "NX"), "(nil)");
    EXPECT_EQ(show("SET", "a", "4", "XX", "GET"), "\"2\"");
    EXPECT_EQ(show("SET", "a", "5", "NX", "GET"), "\"4\"");
    EXPECT_EQ(show("GET", "a"), "\"4\"");
}

TEST_F(Strings, SetLooksForErrorsOfSyntaxBeforeItReadsATime)
{
    EXPECT_EQ(show("SET", "a", "b", "EX", "soon", "EX"), "(error) ERR syntax error");
    EXPECT_EQ(show("SET", "a", "b", "EX", "1", "KEEPTTL"), "(error) ERR syntax error");
    EXPECT_EQ(show("SET", "a", "b", "NX", "XX"), "(error) ERR syntax error");
    EXPECT_EQ(show("SET", "a", "b", "EX", "soon"),
              "(error) ERR value is not an integer or out of range");
    EXPECT_EQ(show("GET", "a"), "(nil)");
}

TEST_F(Strings, GetexMovesTheExpiryAndGetdelTheKey)
{
    run("SET", "a", "b", "PX", "100");
    EXPECT_EQ(show("GETEX", "a", "PERSIST"), "\"b\"");
    advance(100);
    EXPECT_EQ(show("GETEX", "a", "PX", "50"), "\"b\"");
    advance(50);
    EXPECT_EQ(show("GETEX", "a"), "\"b\"");
    advance(1);
    EXPECT_EQ(show("GETEX", "a"), "(nil)");
    run("SET", "a", "b");
    EXPECT_EQ(show("GETDEL", "a"), "\"b\"");
    EXPECT_EQ(show("GETDEL", "a"), "(nil)");
}

TEST_F(Strings, MsetnxSetsAllOrNone)
{
    EXPECT_EQ(show("MSETNX", "a", "1", "b", "2"), "(integer) 1");
    EXPECT_EQ(show("MSETNX", "c", "3", "b", "4"), "(integer) 0");
    EXPECT_EQ(show("MGET", "a", "b", "c"), "1) \"1\"\n2) \"2\"\n3) (nil)");
    EXPECT_EQ(show("MSETNX", "a", "1", "b"),
              "(error) ERR wrong number of arguments for 'msetnx' command");
}

}  // namespace
}  // namespace mini_redis::tests
