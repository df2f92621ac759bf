// What the commands on sets do to their key, beside what they reply, which is compared with
// redis-server.
#include "server/commands/sets.hpp"

#include "tests/support/command_fixture.hpp"

namespace mini_redis::tests {
namespace {

using Sets = CommandFixture;

TEST_F(Sets, AreThereAsLongAsTheyHaveAMember)
{
    EXPECT_EQ(show("SADD", "s", "1", "2"), "(integer) 2");
    EXPECT_EQ(show("SREM", "s", "1", "2"), "(integer) 2");
    EXPECT_EQ(show("EXISTS", "s"), "(integer) 0");
    run("SADD", "s", "1");
    EXPECT_EQ(show("SPOP", "s"), "\"1\"");
    EXPECT_EQ(show("EXISTS", "s"), "(integer) 0");
    run("SADD", "s", "1");
    EXPECT_EQ(show("SMOVE", "s", "other", "1"), "(integer) 1");
    EXPECT_EQ(show("EXISTS", "s"), "(integer) 0");
}

TEST_F(Sets, LoseTheirExpiryWhereTheyAreReplaced)
{
    run("SADD", "s", "1");
    run("PEXPIRE", "s", "5");
    run("SADD", "s", "2");
    EXPECT_EQ(show("PTTL", "s"), "(integer) 5");
    EXPECT_EQ(show("SUNIONSTORE", "s", "s"), "(integer) 2");
    EXPECT_EQ(show("PTTL", "s"), "(integer) -1");
}

TEST_F(Sets, ReplaceWhateverTheirDestinationHeld)
{
    run("SADD", "a", "1");
    run("SET", "d", "text");
    EXPECT_EQ(show("SUNIONSTORE", "d", "a"), "(integer) 1");
    EXPECT_EQ(show("TYPE", "d"), "set");
    run("HSET", "d2", "f", "v");
    EXPECT_EQ(show("SINTERSTORE", "d2", "a", "nothing"), "(integer) 0");
    EXPECT_EQ(show("EXISTS", "d2"), "(integer) 0");
}

TEST_F(Sets, ArePoppedUntilNothingIsLeft)
{
    for (int i = 0; i < 1000; ++i) run("SADD", "s", "m" + std::to_string(i));
    std::set<std::string> popped;
    for (int i = 0; i < 10; ++i)
        for (const auto& member : run("SPOP", "s", "100").children) popped.insert(member.text);
    EXPECT_EQ(popped.size(), 1000U);
    EXPECT_EQ(show("EXISTS", "s"), "(integer) 0");
}

}  // namespace
}  // namespace mini_redis::tests
