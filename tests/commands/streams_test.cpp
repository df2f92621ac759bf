// What the commands on streams do to their key, beside what they reply, which is compared with
// redis-server; and what depends on the clock.
#include "server/commands/stream_words.hpp"
#include "tests/support/command_fixture.hpp"

namespace mini_redis::tests {
namespace {

using Streams = CommandFixture;

TEST_F(Streams, StayWithoutEntries)
{
    run("XADD", "s", "1-1", "f", "v");
    EXPECT_EQ(show("XDEL", "s", "1-1"), "(integer) 1");
    EXPECT_EQ(show("XLEN", "s"), "(integer) 0");
    EXPECT_EQ(show("TYPE", "s"), "stream");
    EXPECT_EQ(show("XGROUP", "CREATE", "t", "g", "$", "MKSTREAM"), "OK");
    EXPECT_EQ(show("OBJECT", "ENCODING", "t"), "\"stream\"");
}

TEST_F(Streams, AreNotMadeByWhatFails)
{
    EXPECT_EQ(show("XADD", "s", "0-0", "f", "v"),
              "(error) ERR The ID specified in XADD must be greater than 0-0");
    EXPECT_EQ(show("XADD", "s", "NOMKSTREAM", "*", "f", "v"), "(nil)");
    EXPECT_EQ(show("XGROUP", "CREATE", "s", "g", "x", "MKSTREAM"),
              "(error) ERR Invalid stream ID specified as stream command argument");
    EXPECT_EQ(show("EXISTS", "s"), "(integer) 0");
}

TEST_F(Streams, TakeTheirIdsFromTheClock)
{
    EXPECT_EQ(show("XADD", "s", "*", "f", "v"), "\"1700000000000-0\"");
    EXPECT_EQ(show("XADD", "s", "*", "f", "v"), "\"1700000000000-1\"");
    advance(1);
    EXPECT_EQ(show("XADD", "s", "*", "f", "v"), "\"1700000000001-0\"");
    advance(-1);
    EXPECT_EQ(show("XADD", "s", "*", "f", "v"), "\"1700000000001-1\"");
    EXPECT_EQ(show("XADD", "s", "1700000000001-*", "f", "v"), "\"1700000000001-2\"");
}

TEST_F(Streams, KeepTheirExpiryWhenTheyChange)
{
    run("XADD", "s", "1", "f", "v");
    run("PEXPIRE", "s", "5");
    run("XADD", "s", "2", "f", "v");
    EXPECT_EQ(show("PTTL", "s"), "(integer) 5");
    advance(6);
    EXPECT_EQ(show("XLEN", "s"), "(integer) 0");
}

TEST_F(Streams, AreReplacedByAString)
{
    run("XADD", "s", "1", "f", "v");
    run("XGROUP", "CREATE", "s", "g", "0");
    run("XREADGROUP", "GROUP", "g", "c", "STREAMS", "s", ">");
    run("SET", "s", "text");
    EXPECT_EQ(show("GET", "s"), "\"text\"");
}

TEST_F(Streams, DeliverWhatIsOldEnoughToAnother)
{
    run("XADD", "s", "1", "f", "v");
    run("XADD", "s", "2", "f", "v");
    run("XGROUP", "CREATE", "s", "g", "0");
    run("XREADGROUP", "GROUP", "g", "anna", "COUNT", "1", "STREAMS", "s", ">");
    advance(100);
    run("XREADGROUP", "GROUP", "g", "anna", "STREAMS", "s", ">");
    advance(50);
    EXPECT_EQ(show("XPENDING", "s", "g", "IDLE", "100", "-", "+", "10"),
              "1) 1) \"1-0\"\n   2) \"anna\"\n   3) (integer) 150\n   4) (integer) 1");
    EXPECT_EQ(show("XAUTOCLAIM", "s", "g", "bert", "100", "-", "JUSTID"),
              "1) \"0-0\"\n2) 1) \"1-0\"\n3) (empty array)");
    EXPECT_EQ(show("XCLAIM", "s", "g", "bert", "51", "2-0", "JUSTID"), "(empty array)");
    EXPECT_EQ(show("XCLAIM", "s", "g", "bert", "50", "2-0", "IDLE", "7", "JUSTID"), "1) \"2-0\"");
    EXPECT_EQ(show("XPENDING", "s", "g", "(1-0", "+", "10", "bert"),
              "1) 1) \"2-0\"\n   2) \"bert\"\n   3) (integer) 7\n   4) (integer) 1");
}

TEST_F(Streams, TellWhenAConsumerWasSeen)
{
    run("XGROUP", "CREATE", "s", "g", "$", "MKSTREAM");
    run("XGROUP", "CREATECONSUMER", "s", "g", "anna");
    advance(30);
    const auto idle = [&] { return run("XINFO", "CONSUMERS", "s", "g").children.at(0); };
    EXPECT_EQ(protocol::to_text(idle().children.at(5)), "(integer) 30");
    run("XREADGROUP", "GROUP", "g", "anna", "STREAMS", "s", ">");
    EXPECT_EQ(protocol::to_text(idle().children.at(5)), "(integer) 30");
    run("XREADGROUP", "GROUP", "g", "anna", "STREAMS", "s", "0");
    EXPECT_EQ(protocol::to_text(idle().children.at(5)), "(integer) 0");
}

TEST_F(Streams, WeighMoreWithEachNode)
{
    std::int64_t before = 0;
    for (int i = 0; i < 10; ++i) {
        run("XADD", "s", "*", "f", std::string(4000, 'x'));
        const std::int64_t now = run("MEMORY", "USAGE", "s").integer;
        EXPECT_GT(now, before + 4000);
        before = now;
    }
}

// Nobody can wait yet, so that nothing to read is told at once.
TEST_F(Streams, AnswerNullWhereThereIsNothingToRead)
{
    run("XADD", "s", "1", "f", "v");
    EXPECT_EQ(show("XREAD", "BLOCK", "0", "STREAMS", "s", "$"), "(nil)");
    EXPECT_EQ(show("XREAD", "STREAMS", "s", "0"),
              "1) 1) \"s\"\n   2) 1) 1) \"1-0\"\n         2) 1) \"f\"\n            2) \"v\"");
}

// The words behind the first STREAMS were taken for keys, and only those are locked.
TEST_F(Streams, RefuseAConsumerWhoseNameHidesTheKeys)
{
    run("XADD", "s", "1", "f", "v");
    run("XGROUP", "CREATE", "s", "g", "0");
    EXPECT_EQ(show("XREADGROUP", "NOACK", "GROUP", "g", "STREAMS", "STREAMS", "s", ">"),
              "(error) ERR syntax error");
    EXPECT_NE(show("XREADGROUP", "GROUP", "g", "STREAMS", "NOACK", "STREAMS", "s", ">"), "(nil)");
}

}  // namespace
}  // namespace mini_redis::tests
