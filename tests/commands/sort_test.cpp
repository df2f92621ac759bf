// SORT: what a pattern means, and where Redis' own behaviour hangs by chance.
#include "server/commands/value_pattern.hpp"
#include "tests/support/command_fixture.hpp"

namespace mini_redis::tests {
namespace {

using Sort = CommandFixture;

TEST_F(Sort, PatternsVaryWhereTheyHaveAStar)
{
    EXPECT_TRUE(commands::ValuePattern("w_*").varies());
    EXPECT_TRUE(commands::ValuePattern("*->f").varies());
    EXPECT_FALSE(commands::ValuePattern("w").varies());
    EXPECT_FALSE(commands::ValuePattern("#").varies());
    EXPECT_FALSE(commands::ValuePattern(std::string_view("a\0*", 3)).varies());
}

TEST_F(Sort, TakesANumberThatIsTooLargeForNoNumber)
{
    run("RPUSH", "l", "1", "1e400");
    EXPECT_EQ(show("SORT", "l"), "(error) ERR One or more scores can't be converted into double");
    run("RPUSH", "m", "2", "1");
    EXPECT_EQ(show("SORT", "m"), "1) \"1\"\n2) \"2\"");  // which Redis would now refuse, too
}

TEST_F(Sort, KeepsTheOrderOfEquals)
{
    run("RPUSH", "l", "c", "a", "b", "a");
    EXPECT_EQ(show("SORT", "l", "BY", "none_*", "ALPHA"), show("LRANGE", "l", "0", "-1"));
    EXPECT_EQ(show("SORT", "l", "BY", "none_*"), show("SORT", "l", "ALPHA"));
}

}  // namespace
}  // namespace mini_redis::tests
