// What becomes of scores that are put together, where that is no matter of course.
#include "server/commands/score_algebra.hpp"

#include "tests/support/command_fixture.hpp"

#include <gmock/gmock.h>

namespace mini_redis::tests {
namespace {

class ScoreAlgebra : public CommandFixture {
protected:
    void SetUp() override
    {
        run("ZADD", "a", "1", "x", "2", "y");
        run("ZADD", "b", "10", "y", "20", "z", "30", "w");
        run("ZADD", "inf", "inf", "x", "-inf", "y");
        run("SADD", "s", "x", "z");
    }

    std::string ranked(const std::string& key)
    {
        std::string all;
        for (const auto& child : run("ZRANGE", key, "0", "-1", "WITHSCORES").children)
            all += child.text + ' ';
        return all;
    }
};

TEST_F(ScoreAlgebra, CountsWhatIsNoNumberAsZero)
{
    run("ZUNIONSTORE", "d", "1", "inf", "WEIGHTS", "0");
    EXPECT_EQ(ranked("d"), "x 0 y 0 ");
    run("ZUNIONSTORE", "d", "2", "inf", "inf", "WEIGHTS", "1", "-1");
    EXPECT_EQ(ranked("d"), "x 0 y 0 ");
}

TEST_F(ScoreAlgebra, TakesASetsMembersForOnesOfScoreOne)
{
    run("ZUNIONSTORE", "d", "3", "a", "b", "s", "WEIGHTS", "1", "1", "100");
    EXPECT_EQ(ranked("d"), "y 12 w 30 x 101 z 120 ");
    run("ZDIFFSTORE", "d", "2", "s", "a");
    EXPECT_EQ(ranked("d"), "z 1 ");
    run("ZINTERSTORE", "d", "2", "s", "b", "AGGREGATE", "MIN");
    EXPECT_EQ(ranked("d"), "z 1 ");
}

TEST_F(ScoreAlgebra, PacksAResultThatIsSmall)
{
    run("ZUNIONSTORE", "d", "2", "a", "b");
    EXPECT_EQ(show("OBJECT", "ENCODING", "d"), "\"listpack\"");
    for (int i = 0; i < 200; ++i) run("SADD", "many", "m" + std::to_string(i));
    run("ZUNIONSTORE", "d", "2", "a", "many");
    EXPECT_EQ(show("OBJECT", "ENCODING", "d"), "\"skiplist\"");
    run("ZINTERSTORE", "d", "2", "d", "a");
    EXPECT_EQ(show("OBJECT", "ENCODING", "d"), "\"listpack\"");
}

TEST_F(ScoreAlgebra, ReadsItsOptionsAfterItsKeys)
{
    run("SET", "text", "x");
    EXPECT_THAT(show("ZUNION", "1", "text", "nonsense"), testing::HasSubstr("WRONGTYPE"));
    EXPECT_THAT(show("ZUNION", "2", "a", "b", "WEIGHTS", "1"), testing::HasSubstr("syntax error"));
    EXPECT_THAT(show("ZUNION", "1", "a", "WEIGHTS", "x"),
                testing::HasSubstr("weight value is not a float"));
    EXPECT_EQ(show("ZINTERCARD", "2", "b", "b", "LIMIT", "2"), "(integer) 2");
}

}  // namespace
}  // namespace mini_redis::tests
