// What the commands on lists do to their key, beside what they reply, which is compared with
// redis-server.
#include "server/commands/lists.hpp"

#include "tests/support/command_fixture.hpp"

namespace mini_redis::tests {
namespace {

using Lists = CommandFixture;

TEST_F(Lists, AreThereAsLongAsTheyHaveAnElement)
{
    const auto expect_gone = [&](const auto&... words) {
        run("RPUSH", "l", "a");
        run(words...);
        EXPECT_EQ(show("EXISTS", "l"), "(integer) 0");
    };
    expect_gone("LPOP", "l");
    expect_gone("RPOP", "l", "9");
    expect_gone("LTRIM", "l", "1", "0");
    expect_gone("LREM", "l", "0", "a");
    expect_gone("LMOVE", "l", "other", "LEFT", "LEFT");
    expect_gone("LMPOP", "1", "l", "LEFT", "COUNT", "2");
}

TEST_F(Lists, KeepTheirExpiryWhileTheyChange)
{
    run("RPUSH", "l", "a", "b");
    run("PEXPIRE", "l", "5");
    run("RPUSH", "l", "c");
    run("LMOVE", "l", "l", "LEFT", "RIGHT");
    EXPECT_EQ(show("PTTL", "l"), "(integer) 5");
}

TEST_F(Lists, GrowBeyondABlockAndBack)
{
    for (int i = 0; i < 5000; ++i) run("RPUSH", "l", "element " + std::to_string(i));
    EXPECT_EQ(show("OBJECT", "ENCODING", "l"), "\"quicklist\"");
    EXPECT_EQ(show("LINDEX", "l", "4321"), "\"element 4321\"");
    EXPECT_EQ(show("LPOS", "l", "element 4999"), "(integer) 4999");
    EXPECT_EQ(show("LREM", "l", "-1", "element 17"), "(integer) 1");
    EXPECT_EQ(show("LINDEX", "l", "17"), "\"element 18\"");
    run("LTRIM", "l", "-2", "-1");
    EXPECT_EQ(show("LLEN", "l"), "(integer) 2");
}

}  // namespace
}  // namespace mini_redis::tests
