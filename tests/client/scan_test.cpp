// The short way and the parser agree about every reply, and about every part of one.
#include "client/scan.hpp"

#include "protocol/reply_parser.hpp"

#include <string>

#include <gtest/gtest.h>

namespace mini_redis::tests {
namespace {

using client::scan;

constexpr std::string_view whole[] = {"+OK\r\n",  "+\r\n",       "-ERR no\r\n", ":0\r\n",
                                      ":-42\r\n", "$0\r\n\r\n",  "$-1\r\n",     "$3\r\na\r\n\r\n",
                                      "_\r\n",    "$1\r\n\n\r\n"};

TEST(Scan, SeesScalarsAsTheParserDoes)
{
    for (const std::string_view reply : whole) {
        const auto seen = scan(std::string(reply) + "+next\r\n");
        ASSERT_TRUE(seen) << reply;
        EXPECT_EQ(seen->length, reply.size());
        protocol::ReplyParser parser;
        EXPECT_EQ(parser.feed(reply), reply.size());
        EXPECT_EQ(scan(reply)->value(), parser.take()) << reply;
    }
}

TEST(Scan, SeesNothingUntilAllHasArrived)
{
    for (const std::string_view reply : whole)
        for (std::size_t i = 0; i < reply.size(); ++i)
            EXPECT_FALSE(scan(reply.substr(0, i))) << reply.substr(0, i);
}

TEST(Scan, LeavesTheRestToTheParser)
{
    for (const std::string_view reply :
         {"*1\r\n:1\r\n", "%0\r\n", ">1\r\n+x\r\n", "#t\r\n", ",1.5\r\n", "$?\r\n", "$x\r\n",
          "$-2\r\n", "$3\r\nabcd\r\n", "$3\r\nabc\rx", ":x\r\n", ":+1\r\n", "+a\nb\r\n", "_x\r\n",
          "$9223372036854775807\r\n", "+a\rb\r\n", "\r\n\r\n", "$1\r\na\n\r\n"})
        EXPECT_FALSE(scan(reply)) << reply;
}

}  // namespace
}  // namespace mini_redis::tests
