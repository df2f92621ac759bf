// The greeting, with servers of both generations.
#include "client/handshake.hpp"

#include "protocol/reply_parser.hpp"
#include "tests/support/words.hpp"

#include <gtest/gtest.h>

namespace mini_redis::tests {
namespace {

using client::Handshake;
using client::Options;

class Greeting : public testing::Test {
protected:
    void begin() { handshake.emplace(options); }
    std::string said()
    {
        const std::string bytes(handshake->outgoing().view());
        handshake->outgoing().clear();
        return bytes;
    }
    void hear(std::string_view reply)
    {
        protocol::ReplyParser parser;
        EXPECT_EQ(parser.feed(reply), reply.size());
        handshake->take(parser.take());
    }

    Options options;
    std::optional<Handshake> handshake;
};

TEST_F(Greeting, AsksForRESP3AndNothingElseUnlessToldTo)
{
    begin();
    EXPECT_EQ(said(), encoded({"HELLO", "3"}));
    EXPECT_FALSE(handshake->done());
    hear("%1\r\n+proto\r\n:3\r\n");
    EXPECT_TRUE(handshake->done());
    EXPECT_EQ(handshake->refusal(), std::nullopt);
    EXPECT_EQ(handshake->dialect(), protocol::Dialect::resp3);
}

TEST_F(Greeting, SaysAllInOneFlight)
{
    options = {.username = "me", .password = "secret", .database = 3, .client_name = "app"};
    begin();
    EXPECT_EQ(said(), encoded({"HELLO", "3", "AUTH", "me", "secret", "SETNAME", "app"}) +
                          encoded({"SELECT", "3"}));
    hear("%0\r\n");
    EXPECT_FALSE(handshake->done());
    hear("+OK\r\n");
    EXPECT_TRUE(handshake->done());
}

TEST_F(Greeting, FallsBackToWhatOlderServersKnow)
{
    options = {.password = "secret", .database = 3, .client_name = "app"};
    begin();
    EXPECT_EQ(said(), encoded({"HELLO", "3", "AUTH", "default", "secret", "SETNAME", "app"}) +
                          encoded({"SELECT", "3"}));
    hear("-ERR unknown command `HELLO`, with args beginning with: `3`\r\n");
    EXPECT_EQ(said(), "");
    hear("-NOAUTH Authentication required.\r\n");
    EXPECT_EQ(said(), encoded({"AUTH", "secret"}) + encoded({"CLIENT", "SETNAME", "app"}) +
                          encoded({"SELECT", "3"}));
    hear("+OK\r\n");
    hear("-ERR unknown command\r\n");  // of CLIENT SETNAME, which is no more than a convenience
    EXPECT_FALSE(handshake->done());
    hear("+OK\r\n");
    EXPECT_TRUE(handshake->done());
    EXPECT_EQ(handshake->refusal(), std::nullopt);
    EXPECT_EQ(handshake->dialect(), protocol::Dialect::resp2);
}

TEST_F(Greeting, IsOverAtOnceIfThereIsNothingToSay)
{
    options.resp3 = false;
    begin();
    EXPECT_EQ(said(), "");
    EXPECT_TRUE(handshake->done());
    EXPECT_EQ(handshake->dialect(), protocol::Dialect::resp2);
}

TEST_F(Greeting, EndsWhenTheServerRefuses)
{
    options.password = "wrong";
    options.database = 99;
    begin();
    hear("-WRONGPASS invalid username-password pair or user is disabled.\r\n");
    EXPECT_TRUE(handshake->done());
    ASSERT_TRUE(handshake->refusal());
    EXPECT_EQ(handshake->refusal()->code, client::Errc::unreachable);
    EXPECT_NE(handshake->refusal()->text.find("WRONGPASS"), std::string::npos);
    begin();
    hear("%0\r\n");
    hear("-ERR DB index is out of range\r\n");
    EXPECT_TRUE(handshake->refusal());
}

}  // namespace
}  // namespace mini_redis::tests
