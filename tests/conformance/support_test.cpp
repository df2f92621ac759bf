// The judges judged: words, frames and the rules of agreement, each shown what it must refuse.
#include "tests/support/agreement.hpp"
#include "tests/support/frame.hpp"
#include "tests/support/words.hpp"

#include <ostream>
#include <stdexcept>
#include <string>

#include <gtest/gtest.h>

namespace mini_redis::tests {
namespace {

TEST(Words, ComeBackFromHowTheyAreTyped)
{
    std::string all_bytes;
    for (int byte = 0; byte < 256; ++byte) all_bytes += static_cast<char>(byte);
    for (const Words& words : {Words{"SET", "", "two words", "\"'\\"}, Words{all_bytes, "#", "x"}})
        EXPECT_EQ(split_words(as_typed(words)), words);
}

TEST(Words, AreSplitAsRedisCliDoes)
{
    EXPECT_EQ(split_words(R"(  a  "b\x41\n" 'c\'d\n' "" )"), (Words{"a", "bA\n", R"(c'd\n)", ""}));
    for (const auto* line : {"\"a", "'a", "\"a\"b", "\"\\"})
        EXPECT_THROW(split_words(line), std::invalid_argument) << line;
}

TEST(Frame, EndsWhereItsLastByteIs)
{
    for (const std::string bytes :
         {"+OK\r\n", "$-1\r\n", "*-1\r\n", "$2\r\n\r\n\r\n", "*2\r\n:1\r\n*1\r\n$1\r\na\r\n",
          "_\r\n", "%1\r\n+a\r\n,1.5\r\n", "~1\r\n#t\r\n", ">1\r\n(12\r\n",
          "|1\r\n+a\r\n+b\r\n=5\r\ntxt:x\r\n"}) {
        for (std::size_t size = 0; size < bytes.size(); ++size)
            EXPECT_EQ(frame_end(bytes.substr(0, size)), std::string::npos) << bytes << size;
        EXPECT_EQ(frame_end(bytes + "+next\r\n"), bytes.size()) << bytes;
    }
    EXPECT_THROW(frame_end("nonsense\r\n"), std::runtime_error);
    EXPECT_THROW(frame_end("$x\r\n"), std::runtime_error);
}

struct Case {
    Rule rule;
    std::string expected;
    std::string agrees;
    std::string differs;
};

std::ostream& operator<<(std::ostream& out, const Case& one)
{
    return out << shown(one.expected) << " and " << shown(one.differs);
}

const std::string two = "*2\r\n:1\r\n:2\r\n";

const Case cases[] = {
    {Rule::same, "+a\r\n", "+a\r\n", "$1\r\na\r\n"},
    {Rule::same, "$-1\r\n", "$-1\r\n", "_\r\n"},
    {Rule::same, "-ERR a\r\n", "-ERR a\r\n", "-ERR b\r\n"},
    {Rule::any_order, two, "*2\r\n:2\r\n:1\r\n", "*2\r\n:2\r\n:2\r\n"},
    {Rule::any_order, two, "*2\r\n:2\r\n:1\r\n", "~2\r\n:2\r\n:1\r\n"},
    {Rule::any_order, two, two, "*3\r\n:2\r\n:1\r\n:1\r\n"},
    {Rule::any_order, two, two, "-ERR\r\n"},
    {Rule::any_order_of_pairs, "*4\r\n+a\r\n+1\r\n+b\r\n+2\r\n", "*4\r\n+b\r\n+2\r\n+a\r\n+1\r\n",
     "*4\r\n+a\r\n+2\r\n+b\r\n+1\r\n"},
    {Rule::same_shape, two, "*2\r\n:7\r\n:8\r\n", "*2\r\n:7\r\n+8\r\n"},
    {Rule::same_shape, two, two, "*1\r\n:7\r\n"},
    {Rule::same_shape, "$1\r\na\r\n", "$2\r\nbc\r\n", "$-1\r\n"},
    {Rule::same_type, two, "*0\r\n", "*-1\r\n"},
    {Rule::same_type, two, "*0\r\n", "-ERR\r\n"},
    {Rule::about_seconds, ":10\r\n", ":13\r\n", ":14\r\n"},
    {Rule::about_seconds, ":1\r\n", ":0\r\n", ":-1\r\n"},
    {Rule::about_milliseconds, ":-2\r\n", ":-2\r\n", ":-1\r\n"},
    {Rule::client_lines, "+id=1 name=a age=3\r\n", "+id=2 name=a age=4\r\n",
     "+id=1 name=b age=3\r\n"},
    {Rule::client_lines, "+id=1 name=a\r\n", "+id=9 name=a\r\n", "+name=a id=1\r\n"},
    {Rule::monitor_line, "+1.5 [0 a:1] \"x\"\r\n", "+2.5 [0 b:2] \"x\"\r\n",
     "+1.5 [1 a:1] \"x\"\r\n"},
    {Rule::monitor_line, "+1.5 [0 a:1] \"x\"\r\n", "+2.5 [0 b:2] \"x\"\r\n",
     "+1.5 [0 a:1] \"y\"\r\n"},
    {Rule::info, "$8\r\na:1\r\nb:2\r\n", "$3\r\nb:9\r\n", "$3\r\nc:9\r\n"},
    {Rule::info_counts, "+a:calls=1,usec=2\r\n", "+a:calls=1,usec=3\r\n", "+a:calls=2,usec=2\r\n"},
    {Rule::greeting, "*4\r\n+id\r\n:1\r\n+a\r\n:1\r\n", "*4\r\n+id\r\n:2\r\n+a\r\n:1\r\n",
     "*4\r\n+id\r\n:1\r\n+a\r\n:2\r\n"},
};

class Agreement : public testing::TestWithParam<Case> {};

TEST_P(Agreement, IsGivenAndRefused)
{
    const auto& [rule, expected, agrees, differs] = GetParam();
    EXPECT_TRUE(agree(rule, expected, expected));
    EXPECT_TRUE(agree(rule, expected, agrees));
    EXPECT_FALSE(agree(rule, expected, differs));
    EXPECT_FALSE(agree(rule, differs, expected));
}

INSTANTIATE_TEST_SUITE_P(Rule, Agreement, testing::ValuesIn(cases));

}  // namespace
}  // namespace mini_redis::tests
