// What the commands on sorted sets do to their key, beside what they reply, which is compared with
// redis-server.
#include "server/commands/sorted_sets.hpp"

#include "server/commands/score_addition.hpp"
#include "tests/support/command_fixture.hpp"

namespace mini_redis::tests {
namespace {

using SortedSets = CommandFixture;

TEST_F(SortedSets, AreThereAsLongAsTheyHaveAMember)
{
    EXPECT_EQ(show("ZADD", "z", "XX", "1", "a"), "(integer) 0");
    EXPECT_EQ(show("EXISTS", "z"), "(integer) 0");
    const auto ends = [&](auto... words) {
        run("ZADD", "z", "1", "a");
        run(words...);
        return show("EXISTS", "z") == "(integer) 0";
    };
    EXPECT_TRUE(ends("ZREM", "z", "a"));
    EXPECT_TRUE(ends("ZPOPMIN", "z"));
    EXPECT_TRUE(ends("ZPOPMAX", "z", "5"));
    EXPECT_TRUE(ends("ZMPOP", "1", "z", "MIN"));
    EXPECT_TRUE(ends("ZREMRANGEBYRANK", "z", "0", "0"));
    EXPECT_TRUE(ends("ZREMRANGEBYSCORE", "z", "1", "1"));
    EXPECT_TRUE(ends("ZREMRANGEBYLEX", "z", "-", "+"));
}

TEST_F(SortedSets, ChangeOnlyWhereTheConditionsHold)
{
    run("ZADD", "z", "5", "a");
    EXPECT_EQ(show("ZADD", "z", "GT", "CH", "4", "a", "1", "b"), "(integer) 1");
    EXPECT_EQ(show("ZADD", "z", "LT", "INCR", "1", "a"), "(nil)");
    EXPECT_EQ(show("ZADD", "z", "XX", "CH", "7", "a", "7", "c"), "(integer) 1");
    EXPECT_EQ(show("ZMSCORE", "z", "a", "b", "c"), "1) \"7\"\n2) \"1\"\n3) (nil)");
}

TEST_F(SortedSets, KeepTheirExpiryUntilTheyAreReplaced)
{
    run("ZADD", "z", "1", "a");
    run("PEXPIRE", "z", "5");
    run("ZINCRBY", "z", "1", "a");
    EXPECT_EQ(show("PTTL", "z"), "(integer) 5");
    EXPECT_EQ(show("ZUNIONSTORE", "z", "1", "z"), "(integer) 1");
    EXPECT_EQ(show("PTTL", "z"), "(integer) -1");
}

TEST_F(SortedSets, ReplaceWhateverTheirDestinationHeld)
{
    run("ZADD", "a", "1", "m");
    run("SET", "d", "text");
    EXPECT_EQ(show("ZRANGESTORE", "d", "a", "0", "-1"), "(integer) 1");
    EXPECT_EQ(show("TYPE", "d"), "zset");
    run("HSET", "d2", "f", "v");
    EXPECT_EQ(show("ZINTERSTORE", "d2", "2", "a", "nothing"), "(integer) 0");
    EXPECT_EQ(show("EXISTS", "d2"), "(integer) 0");
}

TEST_F(SortedSets, ArePoppedInOrderUntilNothingIsLeft)
{
    for (int i = 0; i < 1000; ++i)
        run("ZADD", "z", std::to_string(i * 7 % 1000), "m" + std::to_string(i));
    EXPECT_EQ(show("OBJECT", "ENCODING", "z"), "\"skiplist\"");
    double last = -1;
    for (int i = 0; i < 10; ++i) {
        const auto popped = run("ZPOPMIN", "z", "100");
        for (std::size_t at = 1; at < popped.children.size(); at += 2) {
            const double score = std::stod(popped.children[at].text);
            EXPECT_GT(score, last);
            last = score;
        }
    }
    EXPECT_EQ(last, 999);
    EXPECT_EQ(show("EXISTS", "z"), "(integer) 0");
}

}  // namespace
}  // namespace mini_redis::tests
