// Parts of strings, whatever they are held as: an integer, beside the key, or elsewhere.
#include "tests/support/command_fixture.hpp"

namespace mini_redis::tests {
namespace {

using StringParts = CommandFixture;

TEST_F(StringParts, RangesIncludeBothEndsAndCountFromEither)
{
    run("SET", "a", "12345");
    EXPECT_EQ(show("GETRANGE", "a", "1", "3"), "\"234\"");
    EXPECT_EQ(show("GETRANGE", "a", "-2", "100"), "\"45\"");
    EXPECT_EQ(show("GETRANGE", "a", "-100", "0"), "\"1\"");
    EXPECT_EQ(show("GETRANGE", "a", "3", "1"), "\"\"");
    EXPECT_EQ(show("GETRANGE", "a", "-90", "-100"), "\"\"");
    EXPECT_EQ(show("SUBSTR", "a", "0", "-1"), "\"12345\"");
}

TEST_F(StringParts, AppendGrowsAStringThroughEveryShape)
{
    std::string expected = "12";
    run("SET", "a", expected, "EX", "10");
    for (const std::size_t size : {1U, 40U, 100U, 4000U, 5000U, 100'000U}) {
        const std::string more(size, static_cast<char>('a' + size % 26));
        expected += more;
        EXPECT_EQ(run("APPEND", "a", more).integer, static_cast<std::int64_t>(expected.size()));
        EXPECT_EQ(run("GET", "a").text, expected);
    }
    EXPECT_EQ(run("STRLEN", "a").integer, static_cast<std::int64_t>(expected.size()));
    advance(10'001);
    EXPECT_EQ(show("GET", "a"), "(nil)");
}

TEST_F(StringParts, SetrangeFillsTheGapWithZeros)
{
    EXPECT_EQ(show("SETRANGE", "a", "3", ""), "(integer) 0");
    EXPECT_EQ(show("GET", "a"), "(nil)");
    EXPECT_EQ(show("SETRANGE", "a", "3", "bc"), "(integer) 5");
    EXPECT_EQ(show("GET", "a"), "\"\\x00\\x00\\x00bc\"");
    EXPECT_EQ(show("SETRANGE", "a", "1", "x"), "(integer) 5");
    EXPECT_EQ(show("GET", "a"), "\"\\x00x\\x00bc\"");
    EXPECT_EQ(show("SETRANGE", "a", "-1", "x"), "(error) ERR offset is out of range");
}

TEST_F(StringParts, NoStringOutgrowsTheLongestBulk)
{
    const std::string too_long =
        "(error) ERR string exceeds maximum allowed size (proto-max-bulk-len)";
    run("CONFIG", "SET", "proto-max-bulk-len", "1mb");
    EXPECT_EQ(show("SETRANGE", "a", "1048575", "x"), "(integer) 1048576");
    EXPECT_EQ(show("APPEND", "a", "x"), too_long);
    EXPECT_EQ(show("SETRANGE", "a", "1048576", "x"), too_long);
    EXPECT_EQ(show("SETRANGE", "a", "9223372036854775807", "x"), too_long);
    EXPECT_EQ(show("STRLEN", "a"), "(integer) 1048576");
}

}  // namespace
}  // namespace mini_redis::tests
