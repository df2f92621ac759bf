// What the commands on HyperLogLogs do to their key, beside what they reply and what the text
// becomes, which are compared with redis-server.
#include "tests/support/command_fixture.hpp"

namespace mini_redis::tests {
namespace {

using Hyperloglogs = CommandFixture;

TEST_F(Hyperloglogs, KeepTheirExpiryWhateverIsAdded)
{
    run("PFADD", "h", "a");
    run("PEXPIRE", "h", "5");
    EXPECT_EQ(show("PFADD", "h", "b"), "(integer) 1");
    EXPECT_EQ(show("PTTL", "h"), "(integer) 5");
    run("CONFIG", "SET", "hll-sparse-max-bytes", "0");
    EXPECT_EQ(show("PFADD", "h", "c"), "(integer) 1");
    EXPECT_EQ(show("PFDEBUG", "ENCODING", "h"), "dense");
    EXPECT_EQ(show("PTTL", "h"), "(integer) 5");
    EXPECT_EQ(show("PFADD", "h", "d", "e"), "(integer) 1");
    EXPECT_EQ(show("PFCOUNT", "h"), "(integer) 5");
    EXPECT_EQ(show("PFMERGE", "h"), "OK");
    EXPECT_EQ(show("PTTL", "h"), "(integer) 5");
}

TEST_F(Hyperloglogs, AreCountedAgainOnlyOnceTheyHaveChanged)
{
    const auto changes = [&] { return server.counts->keyspace.changes.get(); };
    run("PFADD", "h", "a", "b");
    const auto before = changes();
    run("PFCOUNT", "h");
    EXPECT_EQ(changes(), before + 1);
    run("PFCOUNT", "h");
    EXPECT_EQ(changes(), before + 1);
    run("PFADD", "h", "a");
    run("PFCOUNT", "h", "h");
    EXPECT_EQ(changes(), before + 1);
    run("PFADD", "h", "c");
    run("PFCOUNT", "h");
    EXPECT_EQ(changes(), before + 3);
}

TEST_F(Hyperloglogs, KeepWhatWasAddedBeforeTheyTurnedOutCorrupt)
{
    // 16,383 registers: whatever is said of the last one cannot be told.
    const std::string corrupt("HYLL\1\0\0\0\0\0\0\0\0\0\0\x80\x7f\xfe", 18);
    run("SET", "h", corrupt);
    int added = 0;
    std::string reply;
    for (int i = 0; i < 100'000 && !reply.starts_with("(error)"); ++i, ++added)
        reply = show("PFADD", "h", std::to_string(i));
    EXPECT_EQ(reply, "(error) INVALIDOBJ Corrupted HLL object detected");
    EXPECT_GT(added, 1);
    EXPECT_NE(run("GET", "h").text, corrupt);
}

TEST_F(Hyperloglogs, TestThemselves)
{
    EXPECT_EQ(show("PFSELFTEST"), "OK");
}

}  // namespace
}  // namespace mini_redis::tests
