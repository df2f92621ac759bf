// Replies as types: of both dialects, and what is of no such type.
#include "client/reception.hpp"
#include "protocol/reply_parser.hpp"

#include <gtest/gtest.h>

namespace mini_redis::tests {
namespace {

using client::as;
using client::Errc;
using client::Error;
using protocol::Value;

Value value(std::string_view bytes)
{
    protocol::ReplyParser parser;
    EXPECT_EQ(parser.feed(bytes), bytes.size());
    return parser.take();
}

template <class T>
T as_good(std::string_view bytes)
{
    auto result = as<T>(value(bytes));
    EXPECT_TRUE(result) << bytes;
    return result.value();
}

template <class T>
Error as_bad(std::string_view bytes)
{
    const auto result = as<T>(value(bytes));
    EXPECT_FALSE(result) << bytes;
    return result.error();
}

TEST(As, TakesWhatIsMeantFromBothDialects)
{
    EXPECT_EQ(as_good<std::string>("$1\r\na\r\n"), "a");
    EXPECT_EQ(as_good<std::string>("=5\r\ntxt:a\r\n"), "a");
    EXPECT_EQ(as_good<std::int64_t>(":7\r\n"), 7);
    EXPECT_TRUE(as_good<bool>(":1\r\n"));
    EXPECT_TRUE(as_good<bool>("#t\r\n"));
    EXPECT_TRUE(as_good<bool>("+OK\r\n"));
    EXPECT_FALSE(as_good<bool>("_\r\n"));
    EXPECT_FALSE(as_good<bool>("$-1\r\n"));
    EXPECT_EQ(as_good<double>(",1.5\r\n"), 1.5);
    EXPECT_EQ(as_good<double>("$3\r\n1.5\r\n"), 1.5);
    EXPECT_EQ(as_good<std::optional<double>>("_\r\n"), std::nullopt);
    EXPECT_EQ(as_good<client::Strings>("~2\r\n+a\r\n+b\r\n"), (client::Strings{"a", "b"}));
    const client::Pairs pairs{{"a", "1"}, {"b", "2"}};
    EXPECT_EQ(as_good<client::Pairs>("%2\r\n+a\r\n$1\r\n1\r\n+b\r\n$1\r\n2\r\n"), pairs);
    EXPECT_EQ(as_good<client::Pairs>("*4\r\n+a\r\n$1\r\n1\r\n+b\r\n$1\r\n2\r\n"), pairs);
    using Maybes = std::vector<std::optional<std::string>>;
    EXPECT_EQ(as_good<Maybes>("~2\r\n$1\r\na\r\n$-1\r\n"), (Maybes{"a", std::nullopt}));
}

TEST(As, SaysWhatTheServerSaidInstead)
{
    const Error error{Errc::server, "WRONGTYPE no"};
    EXPECT_EQ(as_bad<std::string>("-WRONGTYPE no\r\n"), error);
    EXPECT_EQ(as_bad<void>("-WRONGTYPE no\r\n"), error);
    EXPECT_EQ(as_bad<Value>("-WRONGTYPE no\r\n"), error);
    EXPECT_EQ(as_bad<std::optional<std::string>>("-WRONGTYPE no\r\n"), error);
    EXPECT_EQ(as_bad<client::Strings>("*1\r\n-WRONGTYPE no\r\n"), error);
    EXPECT_EQ(as_bad<std::string>(":7\r\n"),
              (Error{Errc::unexpected, "unexpected reply: (integer) 7"}));
    EXPECT_EQ(as_bad<std::int64_t>("+7\r\n").code, Errc::unexpected);
    EXPECT_EQ(as_bad<client::Strings>("+7\r\n").code, Errc::unexpected);
    EXPECT_EQ(as_bad<client::Pairs>("*1\r\n+a\r\n").code, Errc::unexpected);
    EXPECT_EQ(as_bad<double>("$1\r\nx\r\n").code, Errc::unexpected);
    EXPECT_EQ(as_bad<std::string>("_\r\n").code, Errc::unexpected);
}

client::Result<client::Outcome> outcome(std::initializer_list<std::string_view> replies)
{
    client::Reception<client::Outcome> reception;
    for (const auto reply : replies) reception.receive(value(reply));
    return reception.take();
}

TEST(Outcome, IsWhatExecSaid)
{
    const auto done = outcome({"+OK\r\n", "+QUEUED\r\n", "*2\r\n:1\r\n-ERR no\r\n"});
    ASSERT_TRUE(done);
    EXPECT_TRUE(done->executed);
    EXPECT_EQ(done->replies[0]->integer, 1);
    EXPECT_EQ(done->replies[1].error(), (Error{Errc::server, "ERR no"}));
    EXPECT_FALSE(outcome({"+OK\r\n", "+QUEUED\r\n", "*-1\r\n"})->executed);
    EXPECT_FALSE(outcome({"+OK\r\n", "+QUEUED\r\n", "_\r\n"})->executed);
}

TEST(Outcome, TellsWhichRequestWasRefused)
{
    EXPECT_EQ(outcome({"+OK\r\n", "-ERR unknown command\r\n", "-EXECABORT\r\n"}).error().text,
              "ERR unknown command");
}

}  // namespace
}  // namespace mini_redis::tests
