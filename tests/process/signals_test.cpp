// The server as a process that is told to end while it is busy.
#include "tests/support/server_process.hpp"
#include "tests/support/writers.hpp"

#include <chrono>
#include <csignal>
#include <deque>
#include <optional>
#include <string>

#include <gtest/gtest.h>

namespace mini_redis::tests {
namespace {

using namespace std::chrono_literals;

// With AddressSanitizer and the like everything takes longer; the server's own deadline is 10 s.
constexpr auto deadline = 10s;

TEST(Process, EndsInOrderWhileAThousandClientsWrite)
{
    ServerProcess server(MINI_REDIS_SERVER, {"--io-threads", "2"});
    Writers writers(server.port(), 1000);
    writers.write_until_the_end([&] { server.signal(SIGTERM); });
    EXPECT_EQ(server.wait(deadline), 0);
    EXPECT_GT(writers.acknowledged(), 10'000);
    EXPECT_NE(server.log().find("1000 clients drained, 0 forced"), std::string::npos)
        << server.log();
}

// Subscribers that are owed more than the kernel takes, and do not read.
struct Deaf {
    explicit Deaf(const ServerProcess& server)
    {
        for (int i = 0; i < 100; ++i) {
            clients.emplace_back(server.port());
            EXPECT_EQ(clients.back().ask("SUBSCRIBE c\r\n"), "*3\r\n");
        }
        RawClient publisher(server.port());
        const std::string publish = "PUBLISH c " + std::string(60'000, 'x') + "\r\n";
        for (int i = 0; i < 100; ++i) EXPECT_EQ(publisher.ask(publish), ":100\r\n");
    }

    std::deque<RawClient> clients;
};

TEST(Process, EndsThoughAHundredSubscribersDoNotRead)
{
    ServerProcess server(MINI_REDIS_SERVER, {"--io-threads", "2", "--shutdown-timeout", "1"});
    const Deaf deaf(server);
    server.signal(SIGTERM);
    EXPECT_EQ(server.wait(deadline), 0);
    EXPECT_NE(server.log().find("100 forced, which were owed"), std::string::npos) << server.log();
}

TEST(Process, EndsAtOnceWhenItIsToldASecondTime)
{
    ServerProcess server(MINI_REDIS_SERVER, {"--io-threads", "2", "--shutdown-timeout", "3600"});
    const Deaf deaf(server);
    server.signal(SIGTERM);
    EXPECT_EQ(server.wait(200ms), std::nullopt);
    server.signal(SIGINT);
    EXPECT_EQ(server.wait(deadline), 0);
}

}  // namespace
}  // namespace mini_redis::tests
