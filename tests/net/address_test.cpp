// Addresses as text, and where a server listens.
#include "server/net/address.hpp"

#include "server/config/config.hpp"
#include "server/net/listen.hpp"
#include "server/net/listener.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdexcept>
#include <string>

#include <gtest/gtest.h>

namespace mini_redis::tests {
namespace {

sockaddr_storage v4(const char* text, std::uint16_t port)
{
    sockaddr_storage storage{};
    auto& address = reinterpret_cast<sockaddr_in&>(storage);
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    ::inet_pton(AF_INET, text, &address.sin_addr);
    return storage;
}

sockaddr_storage v6(const char* text, std::uint16_t port)
{
    sockaddr_storage storage{};
    auto& address = reinterpret_cast<sockaddr_in6&>(storage);
    address.sin6_family = AF_INET6;
    address.sin6_port = htons(port);
    ::inet_pton(AF_INET6, text, &address.sin6_addr);
    return storage;
}

TEST(Address, IsPrintedAsRedisPrintsIt)
{
    EXPECT_EQ(net::to_text(v4("10.1.2.3", 6379)), "10.1.2.3:6379");
    EXPECT_EQ(net::to_text(v6("::1", 7)), "[::1]:7");
}

TEST(Address, IsLocalOnlyOnThisMachine)
{
    EXPECT_TRUE(net::is_local(v4("127.8.9.1", 1)));
    EXPECT_FALSE(net::is_local(v4("10.0.0.1", 1)));
    EXPECT_TRUE(net::is_local(v6("::1", 1)));
    EXPECT_TRUE(net::is_local(v6("::ffff:127.0.0.1", 1)));
    EXPECT_FALSE(net::is_local(v6("::ffff:10.0.0.1", 1)));
    EXPECT_FALSE(net::is_local(v6("fe80::1", 1)));
}

TEST(Listen, SaysWhereItCannotAndWhy)
{
    config::Config config;
    ASSERT_EQ(config.find("port")->assign("0"), std::nullopt);
    ASSERT_EQ(config.find("bind")->assign("192.0.2.1"), std::nullopt);
    try {
        net::listen_all(config);
        FAIL() << "an address of nobody";
    } catch (const std::runtime_error& error) {
        EXPECT_NE(std::string(error.what()).find("192.0.2.1"), std::string::npos) << error.what();
    }
}

TEST(Listen, PassesOverWhatMayBeMissing)
{
    config::Config config;
    ASSERT_EQ(config.find("port")->assign("0"), std::nullopt);
    ASSERT_EQ(config.find("bind")->assign("127.0.0.1 -192.0.2.1"), std::nullopt);
    const auto listening = net::listen_all(config);
    EXPECT_EQ(listening.size(), 1U);
}

}  // namespace
}  // namespace mini_redis::tests
