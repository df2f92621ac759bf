// The four forms of a reply, on replies as they come over the wire.
#include "client/cli/format.hpp"

#include "protocol/reply_parser.hpp"

#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace mini_redis::tests {
namespace {

using namespace cli;

protocol::Value received(std::string_view bytes)
{
    protocol::ReplyParser parser;
    parser.feed(bytes);
    EXPECT_TRUE(parser.ready()) << bytes;
    return parser.take();
}

std::string for_people(std::string_view bytes)
{
    std::string out;
    append_for_people(out, received(bytes));
    return out;
}

std::string raw(std::string_view bytes, std::string_view delimiter = "\n")
{
    std::string out;
    append_raw(out, received(bytes), delimiter);
    return out;
}

std::string csv(std::string_view bytes)
{
    std::string out;
    append_csv(out, received(bytes));
    return out;
}

std::string json(std::string_view bytes, bool quoted = false)
{
    std::string out;
    append_json(out, received(bytes), quoted);
    return out;
}

TEST(FormatForPeople, AScalarIsALineThatTellsItsType)
{
    EXPECT_EQ(for_people("+OK\r\n"), "OK\n");
    EXPECT_EQ(for_people("-ERR no\r\n"), "(error) ERR no\n");
    EXPECT_EQ(for_people(":7\r\n"), "(integer) 7\n");
    EXPECT_EQ(for_people("$4\r\na\"\r\n\r\n"), "\"a\\\"\\r\\n\"\n");
    EXPECT_EQ(for_people("$-1\r\n"), "(nil)\n");
    EXPECT_EQ(for_people("*-1\r\n"), "(nil)\n");
    EXPECT_EQ(for_people("_\r\n"), "(nil)\n");
    EXPECT_EQ(for_people("#t\r\n"), "(true)\n");
    EXPECT_EQ(for_people(",1.50\r\n"), "(double) 1.50\n");
    EXPECT_EQ(for_people("(123\r\n"), "(big number) 123\n");
    EXPECT_EQ(for_people("=8\r\ntxt:a \"b\r\n"), "a \"b\n");
}

TEST(FormatForPeople, WhatIsEmptySaysWhatItWouldBe)
{
    EXPECT_EQ(for_people("*0\r\n"), "(empty array)\n");
    EXPECT_EQ(for_people("%0\r\n"), "(empty hash)\n");
    EXPECT_EQ(for_people("~0\r\n"), "(empty set)\n");
    EXPECT_EQ(for_people(">0\r\n"), "(empty push)\n");
}

TEST(FormatForPeople, ElementsAreNumberedAndNestedOnesIndented)
{
    EXPECT_EQ(for_people("*2\r\n*2\r\n:1\r\n:2\r\n:3\r\n"),
              "1) 1) (integer) 1\n   2) (integer) 2\n2) (integer) 3\n");
    EXPECT_EQ(for_people("~1\r\n+a\r\n"), "1~ a\n");
    std::string ten = "*10\r\n";
    for (int i = 0; i < 9; ++i) ten += ":0\r\n";
    const auto text = for_people(ten + "*2\r\n:1\r\n:2\r\n");
    EXPECT_TRUE(text.starts_with(" 1) (integer) 0\n 2) ")) << text;
    EXPECT_TRUE(text.ends_with("10) 1) (integer) 1\n    2) (integer) 2\n")) << text;
}

TEST(FormatForPeople, AMapsLongValueBeginsOnALineOfItsOwn)
{
    EXPECT_EQ(for_people("%2\r\n+a\r\n:1\r\n+b\r\n*2\r\n:2\r\n:3\r\n"),
              "1# a => (integer) 1\n2# b => \n   1) (integer) 2\n   2) (integer) 3\n");
    EXPECT_EQ(for_people("%1\r\n+a\r\n*1\r\n:2\r\n"), "1# a => 1) (integer) 2\n");
    EXPECT_EQ(for_people("%1\r\n+a\r\n%1\r\n+b\r\n*0\r\n"), "1# a => 1# b => (empty array)\n");
}

TEST(FormatForPeople, AttributesStandAboveTheirValue)
{
    EXPECT_EQ(for_people("|1\r\n+ttl\r\n:9\r\n$1\r\nx\r\n"), "1| ttl => (integer) 9\n\"x\"\n");
}

TEST(FormatRaw, ElementsAreSeparatedAndKeysStandBesideValues)
{
    EXPECT_EQ(raw("*3\r\n:1\r\n$-1\r\n*2\r\n+a\r\n+b\r\n"), "1\n\na\nb");
    EXPECT_EQ(raw("*2\r\n+a\r\n+b\r\n", "--"), "a--b");
    EXPECT_EQ(raw("%2\r\n+a\r\n:1\r\n+b\r\n:2\r\n"), "a 1\nb 2");
    EXPECT_EQ(raw("-ERR no\r\n"), "ERR no\n");
    EXPECT_EQ(raw(std::string_view("$3\r\n\0\r\n\r\n", 9)), std::string_view("\0\r\n", 3));
    EXPECT_EQ(raw("#f\r\n"), "(false)");
}

TEST(FormatCsv, IsOneFlatLine)
{
    EXPECT_EQ(csv("*3\r\n:1\r\n$-1\r\n%1\r\n$1\r\na\r\n#t\r\n"), "1,NULL,\"a\",true");
    EXPECT_EQ(csv("-ERR \"no\"\r\n"), "ERROR,\"ERR \\\"no\\\"\"");
    EXPECT_EQ(csv("*0\r\n"), "");
}

TEST(FormatJson, NestsAndEscapes)
{
    EXPECT_EQ(json("*2\r\n%1\r\n$1\r\na\r\n_\r\n~1\r\n,inf\r\n"), "[{\"a\":null},[inf]]");
    EXPECT_EQ(json("$7\r\n\"\\\n\t\b\x1f\xc3\r\n"), "\"\\\"\\\\\\n\\t\\b\\u001f\xc3\"");
    EXPECT_EQ(json("-ERR no\r\n"), "error:\"ERR no\"");
    EXPECT_EQ(json("*0\r\n"), "[]");
    EXPECT_EQ(json("%0\r\n"), "{}");
}

TEST(FormatJson, AKeyThatIsNoStringBecomesOne)
{
    EXPECT_EQ(json("%2\r\n:1\r\n:2\r\n*1\r\n:3\r\n:4\r\n"), "{\"1\":2,\"[3]\":4}");
}

TEST(FormatJson, QuotedIsAscii)
{
    EXPECT_EQ(json("$3\r\na\n\xc3\r\n", true), "\"a\\\\n\\\\xc3\"");
}

}  // namespace
}  // namespace mini_redis::tests
