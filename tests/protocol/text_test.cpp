// ASCII, whatever the locale.
#include "protocol/text.hpp"

#include <gtest/gtest.h>

namespace mini_redis::protocol {
namespace {

TEST(Text, ComparesLettersWithoutCase)
{
    EXPECT_TRUE(equal_ignoring_case("GeT", "get"));
    EXPECT_FALSE(equal_ignoring_case("get", "gets"));
    EXPECT_FALSE(equal_ignoring_case("[", "{"));
    EXPECT_FALSE(equal_ignoring_case("\xc4", "\xe4"));
}

TEST(Text, QuotesWhatCannotBeSeen)
{
    EXPECT_EQ(quote(""), R"("")");
    EXPECT_EQ(quote("a b'~"), R"("a b'~")");
    EXPECT_EQ(quote("\"\\\n\r\t\a\b"), R"("\"\\\n\r\t\a\b")");
    EXPECT_EQ(quote(std::string_view("\0\x1f\x7f\xff", 4)), R"("\x00\x1f\x7f\xff")");
}

TEST(Text, KnowsHexadecimalDigits)
{
    EXPECT_EQ(hex_value('0'), 0);
    EXPECT_EQ(hex_value('f'), 15);
    EXPECT_EQ(hex_value('F'), 15);
    EXPECT_EQ(hex_value('g'), -1);
    EXPECT_EQ(hex_value('@'), -1);
    EXPECT_EQ(hex_value('/'), -1);
}

TEST(Text, KnowsSpaces)
{
    for (const char c : {' ', '\t', '\n', '\v', '\f', '\r'}) EXPECT_TRUE(is_space(c));
    for (const char c : {'a', '\0', '\b', '\x0e', '\xa0'}) EXPECT_FALSE(is_space(c));
}

}  // namespace
}  // namespace mini_redis::protocol
