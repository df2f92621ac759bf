// Redis' patterns, its oddities included.
#include "protocol/glob.hpp"

#include <string>

#include <gtest/gtest.h>

namespace mini_redis::protocol {
namespace {

TEST(Glob, MatchesLiterallyWithoutWildcards)
{
    EXPECT_TRUE(glob_match("hello", "hello"));
    EXPECT_FALSE(glob_match("hello", "hell"));
    EXPECT_FALSE(glob_match("hell", "hello"));
    EXPECT_FALSE(glob_match("", "a"));
    EXPECT_TRUE(glob_match("", ""));
}

TEST(Glob, AQuestionMarkIsAnyCharacter)
{
    EXPECT_TRUE(glob_match("h?llo", "hallo"));
    EXPECT_FALSE(glob_match("h?llo", "hllo"));
    EXPECT_FALSE(glob_match("?", ""));
}

TEST(Glob, AStarIsAnyText)
{
    EXPECT_TRUE(glob_match("*", "anything"));
    EXPECT_TRUE(glob_match("h*o", "ho"));
    EXPECT_TRUE(glob_match("h**llo", "heeeello"));
    EXPECT_TRUE(glob_match("a*b*c", "a1b2b3c"));
    EXPECT_FALSE(glob_match("a*b*c", "a1b2b3"));
    EXPECT_TRUE(glob_match("a**", "a"));
    EXPECT_FALSE(glob_match("*a", "b"));
    EXPECT_TRUE(glob_match("*?a", "aaa"));
    EXPECT_TRUE(glob_match("*[ab]*c", "xxbyyc"));
}

TEST(Glob, OnlyTheEmptyPatternMatchesTheEmptyText)
{
    EXPECT_FALSE(glob_match("*", ""));
    EXPECT_FALSE(glob_match("**", ""));
}

TEST(Glob, AClassIsOneOfItsCharacters)
{
    EXPECT_TRUE(glob_match("h[ae]llo", "hello"));
    EXPECT_FALSE(glob_match("h[ae]llo", "hillo"));
    EXPECT_TRUE(glob_match("h[^e]llo", "hallo"));
    EXPECT_FALSE(glob_match("h[^e]llo", "hello"));
    EXPECT_TRUE(glob_match("h[a-c]llo", "hbllo"));
    EXPECT_FALSE(glob_match("h[a-c]llo", "hdllo"));
    EXPECT_TRUE(glob_match("h[c-a]llo", "hbllo"));
    EXPECT_TRUE(glob_match("[a\\]]", "]"));
    EXPECT_TRUE(glob_match("[-a]", "-"));
}

TEST(Glob, AClassCanBeOdd)
{
    EXPECT_FALSE(glob_match("[]a", "a"));
    EXPECT_TRUE(glob_match("[^]", "a"));
    EXPECT_FALSE(glob_match("[", "["));
    EXPECT_TRUE(glob_match("[^", "a"));
    EXPECT_TRUE(glob_match("[abc", "b"));
    EXPECT_TRUE(glob_match("[a-]x", "]"));  // the range from 'a' to ']', never closed
    EXPECT_TRUE(glob_match("[\\", "\\"));
    EXPECT_TRUE(glob_match("[\x80-\x90]", "\x85"));
    EXPECT_FALSE(glob_match("[a-\xff]", "b"));
    EXPECT_TRUE(glob_match("[\xff-b]", "a"));
}

TEST(Glob, ABackslashTakesTheWildcardAway)
{
    EXPECT_TRUE(glob_match("a\\*b", "a*b"));
    EXPECT_FALSE(glob_match("a\\*b", "axb"));
    EXPECT_TRUE(glob_match("\\[a]", "[a]"));
    EXPECT_TRUE(glob_match("a\\", "a\\"));
}

TEST(Glob, CanIgnoreCase)
{
    EXPECT_TRUE(glob_match("HeLLo*", "hEllO!", true));
    EXPECT_TRUE(glob_match("[A-C]", "b", true));
    EXPECT_TRUE(glob_match("[B]", "b", true));
    EXPECT_FALSE(glob_match("[\\B]", "b", true));
    EXPECT_FALSE(glob_match("[Z-a]", "z", true));
    EXPECT_FALSE(glob_match("A", "a"));
}

TEST(Glob, MatchesZeroBytes)
{
    EXPECT_TRUE(glob_match(std::string_view("a\0*", 3), std::string_view("a\0bc", 4)));
    EXPECT_FALSE(glob_match(std::string_view("a\0b", 3), std::string_view("a\0c", 3)));
}

// Exponential in a matcher that tries every star again: this would outlive the universe.
TEST(Glob, DoesNotBlowUp)
{
    std::string pattern;
    for (int i = 0; i < 200; ++i) pattern += "*a";
    EXPECT_FALSE(glob_match(pattern + "b", std::string(5000, 'a')));
}

}  // namespace
}  // namespace mini_redis::protocol
