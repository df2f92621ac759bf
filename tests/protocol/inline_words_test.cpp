// The quoting rules of inline requests, as measured on Redis 7.0.15.
#include "protocol/inline_words.hpp"

#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mini_redis::protocol {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> words_of(std::string_view line)
{
    std::vector<std::string> words;
    while (true) {
        InlineWord word = take_inline_word(line);
        switch (word.kind) {
            case InlineWord::Kind::plain:
                words.emplace_back(word.plain);
                break;
            case InlineWord::Kind::quoted:
                words.push_back(word.quoted);
                break;
            case InlineWord::Kind::none:
                return words;
            case InlineWord::Kind::unbalanced:
                return {"<unbalanced>"};
        }
    }
}

TEST(InlineWords, AreSeparatedByAnyNumberOfSpaces)
{
    EXPECT_THAT(words_of("a  bc\td"), ElementsAre("a", "bc", "d"));
    EXPECT_THAT(words_of(" \v\f a "), ElementsAre("a"));
    EXPECT_THAT(words_of(" \t "), IsEmpty());
    EXPECT_THAT(words_of(""), IsEmpty());
}

TEST(InlineWords, MayContainSpacesThatAreNoBlanks)
{
    EXPECT_THAT(words_of("a\vb\fc"), ElementsAre("a\vb\fc"));
    EXPECT_THAT(words_of("a\rb"), ElementsAre("a", "b"));
}

TEST(InlineWords, ResolveEscapesInDoubleQuotes)
{
    EXPECT_THAT(words_of(R"("a b" "\n\r\t\b\a\"\\\q")"), ElementsAre("a b", "\n\r\t\b\a\"\\q"));
    EXPECT_THAT(words_of(R"("\x41\xfF\x00")"), ElementsAre(std::string("A\xff\0", 3)));
    EXPECT_THAT(words_of(R"("\x4" "\x4g" "\xg4")"), ElementsAre("x4", "x4g", "xg4"));
    EXPECT_THAT(words_of(R"("it's")"), ElementsAre("it's"));
}

TEST(InlineWords, ResolveOnlyTheQuoteInSingleQuotes)
{
    EXPECT_THAT(words_of(R"('a b' 'it\'s' '\n\\x')"), ElementsAre("a b", "it's", R"(\n\\x)"));
    EXPECT_THAT(words_of(R"('say "x"')"), ElementsAre(R"(say "x")"));
}

TEST(InlineWords, MayBeEmptyInQuotes)
{
    EXPECT_THAT(words_of(R"("" '')"), ElementsAre("", ""));
}

TEST(InlineWords, EndWhereTheirQuoteEnds)
{
    EXPECT_THAT(words_of(R"(a"b c" d'e f')"), ElementsAre("ab c", "de f"));
    EXPECT_THAT(words_of("\"a\"\vb"), ElementsAre("a", "b"));
    EXPECT_THAT(words_of(R"("a"b)"), ElementsAre("<unbalanced>"));
    EXPECT_THAT(words_of(R"('a''b')"), ElementsAre("<unbalanced>"));
    EXPECT_THAT(words_of(R"("a"'b')"), ElementsAre("<unbalanced>"));
}

TEST(InlineWords, AreUnbalancedWhenAQuoteIsNotClosed)
{
    for (const auto* line : {"\"", "'", "a \"b", "a'b", "\"a\\\"", "'a\\'", "\"a\\"}) {
        EXPECT_THAT(words_of(line), ElementsAre("<unbalanced>")) << line;
    }
}

}  // namespace
}  // namespace mini_redis::protocol
