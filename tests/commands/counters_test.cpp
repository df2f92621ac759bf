// Strings that are numbers, as long as they are.
#include "tests/support/command_fixture.hpp"

namespace mini_redis::tests {
namespace {

using Counters = CommandFixture;

constexpr std::string_view highest = "9223372036854775807";
constexpr std::string_view min = "-9223372036854775808";

TEST_F(Counters, CountFromZeroAndKeepTheirExpiry)
{
    EXPECT_EQ(show("INCR", "a"), "(integer) 1");
    EXPECT_EQ(show("GETEX", "a", "PX", "5"), "\"1\"");
    EXPECT_EQ(show("DECRBY", "a", "-41"), "(integer) 42");
    advance(6);
    EXPECT_EQ(show("DECR", "a"), "(integer) -1");
}

TEST_F(Counters, AppendedDigitsCount)
{
    run("SET", "a", "1");
    run("APPEND", "a", "2");
    EXPECT_EQ(show("INCRBY", "a", "3"), "(integer) 15");
    run("APPEND", "a", " ");
    EXPECT_EQ(show("INCR", "a"), "(error) ERR value is not an integer or out of range");
}

TEST_F(Counters, StopAtTheEndsOfTheirRange)
{
    run("SET", "high", highest);
    run("SET", "low", min);
    EXPECT_EQ(show("INCR", "high"), "(error) ERR increment or decrement would overflow");
    EXPECT_EQ(show("DECR", "low"), "(error) ERR increment or decrement would overflow");
    EXPECT_EQ(show("DECRBY", "high", min), "(error) ERR decrement would overflow");
    EXPECT_EQ(show("INCRBY", "low", highest), "(integer) -1");
}

TEST_F(Counters, FloatsAreShownAsPeopleWriteThem)
{
    EXPECT_EQ(show("INCRBYFLOAT", "a", "0.1"), "\"0.1\"");
    EXPECT_EQ(show("INCRBYFLOAT", "a", "0.2"), "\"0.3\"");
    EXPECT_EQ(show("INCRBYFLOAT", "a", "5.0e3"), "\"5000.29999999999999982\"");
    EXPECT_EQ(show("INCRBYFLOAT", "a", "-0.3"), "\"5000\"");
    EXPECT_EQ(show("INCR", "a"), "(integer) 5001");
    EXPECT_EQ(show("INCRBYFLOAT", "a", "inf"),
              "(error) ERR increment would produce NaN or Infinity");
    EXPECT_EQ(show("INCRBYFLOAT", "a", "one"), "(error) ERR value is not a valid float");
}

}  // namespace
}  // namespace mini_redis::tests
