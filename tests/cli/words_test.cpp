// Lines become words by the rules of Redis.
#include "client/cli/words.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mini_redis::tests {
namespace {

using namespace cli;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Optional;

TEST(Words, AreSeparatedBySpacesAndMayBeQuoted)
{
    EXPECT_THAT(split_words(" set  a\t\"b c\" 'd \"e'\r\n"),
                Optional(ElementsAre("set", "a", "b c", "d \"e")));
    EXPECT_THAT(split_words("\"\\x41\\n\\\"\" '\\'\\n'"), Optional(ElementsAre("A\n\"", "'\\n")));
    EXPECT_THAT(split_words("\"\" ''"), Optional(ElementsAre("", "")));
    EXPECT_THAT(split_words("  "), Optional(IsEmpty()));
}

TEST(Words, AQuoteHasToBeClosedAndToEndTheWord)
{
    EXPECT_EQ(split_words("get \"a"), std::nullopt);
    EXPECT_EQ(split_words("get 'a"), std::nullopt);
    EXPECT_EQ(split_words("get \"a\"b"), std::nullopt);
}

TEST(Words, UnquoteYieldsExactlyOne)
{
    EXPECT_EQ(unquote("\"a b\""), "a b");
    EXPECT_EQ(unquote("plain"), "plain");
    EXPECT_EQ(unquote("two words"), std::nullopt);
    EXPECT_EQ(unquote(""), std::nullopt);
    EXPECT_EQ(unquote("'open"), std::nullopt);
}

TEST(Words, BeginWithNamesWhateverTheirCase)
{
    EXPECT_TRUE(begins_with({"Config", "GET", "x"}, {"config", "get"}));
    EXPECT_FALSE(begins_with({"config"}, {"config", "get"}));
    EXPECT_FALSE(begins_with({"config", "set"}, {"config", "get"}));
}

}  // namespace
}  // namespace mini_redis::tests
