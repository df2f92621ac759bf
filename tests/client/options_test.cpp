// URLs: what is understood, and that nothing else is.
#include "client/options.hpp"

#include <gtest/gtest.h>

namespace mini_redis::tests {
namespace {

using client::Options;
using client::parse_url;

Options parsed(std::string_view url)
{
    auto options = parse_url(url);
    EXPECT_TRUE(options) << url << ": " << options.error().text;
    return options ? *options : Options();
}

TEST(Url, NamesAHostAndAPort)
{
    EXPECT_EQ(parsed("redis://").address.text(), "127.0.0.1:6379");
    EXPECT_EQ(parsed("redis://cache").address.text(), "cache:6379");
    EXPECT_EQ(parsed("redis://cache:7000").address.text(), "cache:7000");
    EXPECT_EQ(parsed("redis://:7000").address.text(), "127.0.0.1:7000");
    EXPECT_EQ(parsed("redis://[::1]:7000/2").address.text(), "[::1]:7000");
    EXPECT_EQ(parsed("redis://[::1]").address.host, "::1");
    EXPECT_FALSE(parsed("redis://cache").address.tls);
    EXPECT_TRUE(parsed("rediss://cache").address.tls);
}

TEST(Url, NamesWhoAndWhichDatabase)
{
    const Options all = parsed("redis://me:secret@cache:7000/5");
    EXPECT_EQ(all.username, "me");
    EXPECT_EQ(all.password, "secret");
    EXPECT_EQ(all.database, 5);
    EXPECT_EQ(parsed("redis://:secret@cache").username, "");
    EXPECT_EQ(parsed("redis://:secret@cache").password, "secret");
    EXPECT_EQ(parsed("redis://secret@cache").password, "secret");
    EXPECT_EQ(parsed("redis://me:p%40ss%3a%2F@cache").password, "p@ss:/");
    EXPECT_EQ(parsed("redis://me:p@ss@cache").password, "p@ss");
    EXPECT_EQ(parsed("redis://cache/").database, 0);
}

TEST(Url, NamesAUnixSocket)
{
    for (const char* url : {"unix:///run/redis.sock?db=3", "redis+unix:///run/redis.sock?db=3"}) {
        EXPECT_EQ(parsed(url).address.unix_path, "/run/redis.sock");
        EXPECT_EQ(parsed(url).address.text(), "/run/redis.sock");
        EXPECT_EQ(parsed(url).database, 3);
    }
    EXPECT_EQ(parsed("unix://:secret@/run/a%20b").address.unix_path, "/run/a b");
    EXPECT_EQ(parsed("unix://:secret@/run/a%20b").password, "secret");
}

TEST(Url, HasParameters)
{
    const Options options = parsed(
        "redis://"
        "cache?db=4&protocol=2&client_name=my%20app&timeout_ms=250&connect_timeout_ms=1000");
    EXPECT_EQ(options.database, 4);
    EXPECT_FALSE(options.resp3);
    EXPECT_EQ(options.client_name, "my app");
    EXPECT_EQ(options.request_timeout, std::chrono::milliseconds(250));
    EXPECT_EQ(options.connect_timeout, std::chrono::milliseconds(1000));
    EXPECT_TRUE(parsed("redis://cache?protocol=3").resp3);
}

TEST(Url, IsRefusedIfAnyOfItIsNotUnderstood)
{
    for (const char* url :
         {"", "cache:6379", "http://cache", "redis:/cache", "redis://cache:0",
          "redis://cache:65536", "redis://cache:port", "redis://cache/x", "redis://cache/-1",
          "redis://cache/1/2", "redis://cache?db=x", "redis://cache?protocol=4",
          "redis://cache?unknown=1", "redis://cache?timeout_ms=-1", "redis://me:p%4@cache",
          "redis://me:p%zz@cache", "redis://[::1]x", "unix://", "unix://?db=1"}) {
        const auto options = parse_url(url);
        ASSERT_FALSE(options) << url;
        EXPECT_EQ(options.error().code, client::Errc::bad_url) << url;
        EXPECT_FALSE(options.error().text.empty());
    }
}

}  // namespace
}  // namespace mini_redis::tests
