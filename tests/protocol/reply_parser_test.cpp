// The reply parser: every kind of reply, whole and in pieces, and what it refuses.
#include "protocol/reply_parser.hpp"

#include "protocol/text.hpp"

#include <cmath>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mini_redis::protocol {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using Kind = Value::Kind;

struct Parsed {
    std::vector<Value> replies;
    std::string error;
    bool idle = true;
    bool operator==(const Parsed&) const = default;
};

Parsed parse(std::string_view input, std::size_t step, ReplyParser parser = {})
{
    Parsed parsed;
    for (std::size_t at = 0; at < input.size(); at += step) {
        std::string_view rest = input.substr(at, step);
        while (!rest.empty() && parser.error().empty()) {
            rest.remove_prefix(parser.feed(rest));
            if (parser.ready()) parsed.replies.push_back(parser.take());
        }
    }
    parsed.error = parser.error();
    parsed.idle = parser.idle();
    return parsed;
}

// The reply that the input is, however it arrives.
Value reply(std::string_view input)
{
    auto whole = parse(input, input.size());
    EXPECT_EQ(whole.error, "") << quote(input);
    EXPECT_THAT(whole.replies, SizeIs(1)) << quote(input);
    EXPECT_TRUE(whole.idle) << quote(input);
    for (const std::size_t step : {1U, 2U, 3U, 7U})
        EXPECT_EQ(parse(input, step), whole) << quote(input);
    return whole.replies.empty() ? Value() : whole.replies[0];
}

std::string shown(std::string_view input)
{
    return to_text(reply(input));
}

TEST(ReplyParser, UnderstandsResp2)
{
    EXPECT_EQ(shown("+OK\r\n"), "OK");
    EXPECT_EQ(shown("+\r\n"), "");
    EXPECT_EQ(shown("-ERR no\r\n"), "(error) ERR no");
    EXPECT_EQ(shown(":-42\r\n"), "(integer) -42");
    EXPECT_EQ(shown(":+42\r\n"), "(integer) 42");
    EXPECT_EQ(shown("$5\r\na\r\nbc\r\n"), R"("a\r\nbc")");
    EXPECT_EQ(shown("$0\r\n\r\n"), R"("")");
    EXPECT_EQ(shown("$-1\r\n"), "(nil)");
    EXPECT_EQ(shown("*-1\r\n"), "(nil)");
    EXPECT_EQ(shown("*0\r\n"), "(empty array)");
    EXPECT_EQ(shown("*3\r\n:1\r\n*2\r\n+a\r\n+b\r\n$1\r\nc\r\n"),
              "1) (integer) 1\n2) 1) a\n   2) b\n3) \"c\"");
}

TEST(ReplyParser, UnderstandsResp3)
{
    EXPECT_EQ(shown("_\r\n"), "(nil)");
    EXPECT_EQ(shown("#t\r\n"), "(true)");
    EXPECT_EQ(shown("#f\r\n"), "(false)");
    EXPECT_EQ(reply(",1.5\r\n").number, 1.5);
    EXPECT_EQ(reply(",-inf\r\n").number, -INFINITY);
    EXPECT_TRUE(std::isnan(reply(",nan\r\n").number));
    EXPECT_EQ(shown("(-1234567890123456789012\r\n"), "(big number) -1234567890123456789012");
    EXPECT_EQ(shown("!5\r\nERR x\r\n"), "(error) ERR x");
    EXPECT_EQ(shown("=6\r\ntxt:hi\r\n"), "txt:\"hi\"");
    EXPECT_EQ(shown("%2\r\n+a\r\n:1\r\n+b\r\n*1\r\n:2\r\n"),
              "1# a => (integer) 1\n2# b => 1) (integer) 2");
    EXPECT_EQ(shown("~1\r\n:1\r\n"), "1~ (integer) 1");
    EXPECT_EQ(shown(">2\r\n+message\r\n+x\r\n"), "1> message\n2> x");
    EXPECT_EQ(shown("%0\r\n"), "(empty hash)");
    EXPECT_EQ(shown("~0\r\n"), "(empty set)");
}

TEST(ReplyParser, HangsAttributesOnTheValueThatFollows)
{
    const auto value = reply("|1\r\n+ttl\r\n:3600\r\n*2\r\n|1\r\n+a\r\n+b\r\n:1\r\n:2\r\n");
    EXPECT_THAT(value.attributes, SizeIs(2));
    ASSERT_THAT(value.children, SizeIs(2));
    EXPECT_THAT(value.children[0].attributes, SizeIs(2));
    EXPECT_THAT(value.children[1].attributes, IsEmpty());
    EXPECT_EQ(to_text(value),
              "1| ttl => (integer) 3600\n1) 1| a => b\n   (integer) 1\n2) (integer) 2");
    EXPECT_THAT(reply("|0\r\n+x\r\n").attributes, IsEmpty());
    EXPECT_THAT(reply("|1\r\n+a\r\n+b\r\n|1\r\n+c\r\n+d\r\n+x\r\n").attributes, SizeIs(4));
    EXPECT_THAT(reply("|1\r\n+a\r\n+b\r\n$1\r\nx\r\n").attributes, SizeIs(2));
    EXPECT_THAT(reply("|1\r\n+a\r\n+b\r\n*?\r\n+x\r\n.\r\n").attributes, SizeIs(2));
}

TEST(ReplyParser, UnderstandsStreams)
{
    EXPECT_EQ(shown("$?\r\n;4\r\nHell\r\n;1\r\no\r\n;0\r\n"), R"("Hello")");
    EXPECT_EQ(shown("$?\r\n;0\r\n"), R"("")");
    EXPECT_EQ(shown("*?\r\n:1\r\n*?\r\n.\r\n.\r\n"), "1) (integer) 1\n2) (empty array)");
    EXPECT_EQ(shown("%?\r\n+a\r\n:1\r\n.\r\n"), "1# a => (integer) 1");
    EXPECT_EQ(shown("~?\r\n+a\r\n.\r\n"), "1~ a");
}

TEST(ReplyParser, TakesOneReplyAtATime)
{
    ReplyParser parser;
    EXPECT_EQ(parser.feed("+a\r\n+b\r\n"), 4U);
    ASSERT_TRUE(parser.ready());
    EXPECT_EQ(parser.feed("+b\r\n"), 0U);
    EXPECT_EQ(parser.take().text, "a");
    EXPECT_TRUE(parser.idle());
    EXPECT_EQ(parser.feed("+b\r\n"), 4U);
    EXPECT_EQ(parser.take().text, "b");
}

TEST(ReplyParser, KnowsThatItIsInTheMiddle)
{
    for (const auto* input : {"+", "+O", "$", "$1\r\n", "$1\r\na\r", "*1\r\n", "$?\r\n",
                              "$?\r\n;1\r\na\r\n", "*?\r\n", "|1\r\n+a\r\n+b\r\n"}) {
        const auto parsed = parse(input, 1);
        EXPECT_FALSE(parsed.idle) << quote(input);
        EXPECT_THAT(parsed.replies, IsEmpty());
    }
}

TEST(ReplyParser, SaysWhatIsWrong)
{
    const std::vector<std::pair<std::string, std::string>> wrong = {
        {"\r\n", "empty line"},
        {"+a\n", "CR LF"},
        {"+a\rb\r\n", "CR LF"},
        {"hello\r\n", "unknown type byte: \"h\""},
        {":\r\n", "bad integer"},
        {":1x\r\n", "bad integer"},
        {":9223372036854775808\r\n", "bad integer"},
        {"$x\r\n", "bad length"},
        {"$-2\r\n", "bad length"},
        {"$99999999999\r\n", "text too long"},
        {"$1\r\nab\r\n", "a text must end with CR LF"},
        {"$1\r\na\r\r", "a text must end with CR LF"},
        {"!-1\r\n", "bad length"},
        {"=3\r\ntxt\r\n", "bad verbatim text"},
        {"=5\r\ntext:\r\n", "bad verbatim text"},
        {"*x\r\n", "bad count"},
        {"*-2\r\n", "bad count"},
        {"%-1\r\n", "bad count"},
        {">?\r\n", "bad count"},
        {"|?\r\n", "bad count"},
        {"*18446744073709551615\r\n", "bad count"},
        {"*9223372036854775807\r\n", "bad count"},
        {"_x\r\n", "bad null"},
        {"#x\r\n", "bad boolean"},
        {"#\r\n", "bad boolean"},
        {",x\r\n", "bad number"},
        {",\r\n", "bad number"},
        {"(1x\r\n", "bad big number"},
        {"(-\r\n", "bad big number"},
        {";1\r\n", "chunk"},
        {"$?\r\n+a\r\n", "chunk"},
        {"$?\r\n;x\r\n", "bad length"},
        {".\r\n", "unexpected end of stream"},
        {"*1\r\n.\r\n", "unexpected end of stream"},
        {"*?\r\n.x\r\n", "bad end of stream"},
        {"*?\r\n|1\r\n+a\r\n+b\r\n.\r\n", "unexpected end of stream"},
        {"%?\r\n+a\r\n.\r\n", "a key without value"},
    };
    for (const auto& [input, error] : wrong) {
        const auto parsed = parse(input, input.size());
        EXPECT_THAT(parsed.error, HasSubstr(error)) << quote(input);
        EXPECT_EQ(parse(input, 1), parsed) << quote(input);
    }
}

TEST(ReplyParser, KeepsTheRepliesBeforeAnError)
{
    const auto parsed = parse("+a\r\n:1\r\n:x\r\n+b\r\n", 100);
    EXPECT_THAT(parsed.replies, SizeIs(2));
    EXPECT_THAT(parsed.error, HasSubstr("bad integer"));
}

TEST(ReplyParser, BoundsTheDepth)
{
    const auto nested = [](std::size_t depth) {
        std::string input;
        for (std::size_t i = 0; i < depth; ++i) input += i % 2 == 0 ? "*1\r\n" : "|1\r\n";
        return input;
    };
    EXPECT_EQ(parse(nested(128), 100).error, "");
    EXPECT_EQ(parse(nested(129), 100).error, "nested too deep");
    EXPECT_EQ(parse(nested(1000000), 4096).error, "nested too deep");
    EXPECT_EQ(parse(nested(3), 100, ReplyParser({.depth_max = 2})).error, "nested too deep");
}

TEST(ReplyParser, BoundsTextsAndLines)
{
    const ReplyParser::Bounds bounds{.text_bytes_max = 10};
    EXPECT_EQ(parse("$10\r\n0123456789\r\n", 3, ReplyParser(bounds)).error, "");
    EXPECT_EQ(parse("$11\r\n", 3, ReplyParser(bounds)).error, "text too long");
    EXPECT_EQ(parse("$?\r\n;10\r\n0123456789\r\n;1\r\n", 3, ReplyParser(bounds)).error,
              "text too long");
    EXPECT_EQ(parse("+0123456789", 3, ReplyParser(bounds)).error, "line too long");
}

TEST(ReplyParser, ReservesNothingForAPromise)
{
    const auto parsed = parse("*4294967296\r\n$536870912\r\n", 100);
    EXPECT_EQ(parsed.error, "");
    EXPECT_FALSE(parsed.idle);
}

}  // namespace
}  // namespace mini_redis::protocol
