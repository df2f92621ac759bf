// What a client may do to harm the server, and what the others notice of it: nothing.
//
// The server is a process of its own, as built for use, so that its memory can be looked at.
// Before, while and after each attack a bystander gets its replies.
#include "tests/support/raw_client.hpp"
#include "tests/support/server_process.hpp"
#include "tests/support/wire_client.hpp"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <unistd.h>
#include <vector>

#include <gtest/gtest.h>

namespace mini_redis::tests {
namespace {

constexpr std::size_t mib = 1024 * 1024;

class Hostile : public testing::TestWithParam<const char*> {
protected:
    // AddressSanitizer keeps what was freed for a while, 256 MB of it unless told otherwise; here
    // memory has to be seen to return.
    static void SetUpTestSuite() { ::setenv("ASAN_OPTIONS", "quarantine_size_mb=1", 1); }

    // Of the server, in bytes.
    std::size_t resident() const
    {
        std::ifstream file("/proc/" + std::to_string(server_.pid()) + "/statm");
        std::size_t all = 0;
        std::size_t resident = 0;
        file >> all >> resident;
        return resident * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
    }

    bool others_are_served() { return bystander_.ask({"PING"}) == "+PONG\r\n"; }
    std::unique_ptr<WireClient> attacker() const
    {
        return std::make_unique<WireClient>(server_.port());
    }
    // How many clients there are, the bystander included.
    long clients()
    {
        const auto info = bystander_.ask({"INFO", "clients"});
        const std::string field = "connected_clients:";
        return std::stol(info.substr(info.find(field) + field.size()));
    }
    // Whether only the bystander is left, and the memory is that of `before`, give or take.
    bool calm_again(std::size_t before, std::size_t allowed)
    {
        return eventually([&] {
            bystander_.ask({"MEMORY", "PURGE"});
            return clients() == 1 && resident() <= before + allowed;
        });
    }

    ServerProcess server_{MINI_REDIS_SERVER,
                          {"--io-threads", GetParam(), "--client-output-buffer-limit",
                           "normal 16mb 0 0", "--loglevel", "warning"}};
    WireClient bystander_{server_.port()};
};

TEST_P(Hostile, HeadersWithoutBodiesAreRefusedAtTheFirst)
{
    std::string headers;
    for (int i = 0; i < 100'000; ++i) headers += "*1\r\n";
    const auto client = attacker();
    client->send_raw(headers);
    EXPECT_EQ(client->receive(), "-ERR Protocol error: expected '$', got '*'\r\n");
    EXPECT_TRUE(client->closed_by_server());
    EXPECT_TRUE(others_are_served());
}

TEST_P(Hostile, LengthsBeyondAllBoundsAreRefused)
{
    for (const std::string length : {"18446744073709551615", "9223372036854775808", "4294967296"}) {
        auto client = attacker();
        client->send_raw("*" + length + "\r\n");
        EXPECT_EQ(client->receive(), "-ERR Protocol error: invalid multibulk length\r\n");
        EXPECT_TRUE(client->closed_by_server());
        client = attacker();
        client->send_raw("*2\r\n$3\r\nGET\r\n$" + length + "\r\n");
        EXPECT_EQ(client->receive(), "-ERR Protocol error: invalid bulk length\r\n");
        EXPECT_TRUE(client->closed_by_server());
    }
    EXPECT_TRUE(others_are_served());
}

TEST_P(Hostile, APromiseReservesNothing)
{
    const std::size_t before = resident();
    std::vector<std::unique_ptr<WireClient>> clients;
    for (int i = 0; i < 100; ++i) {
        clients.push_back(attacker());
        clients.back()->send_raw("*1048576\r\n$3\r\nSET\r\n$536870912\r\nx");
        clients.back()->flush();
        EXPECT_TRUE(others_are_served());
    }
    EXPECT_LT(resident(), before + 8 * mib);  // 50 GiB and 100 M elements were promised
    clients.clear();
    EXPECT_TRUE(calm_again(before, 8 * mib));
}

TEST_P(Hostile, ARequestMayComeByteByByteFromManyAtOnce)
{
    const std::string request = encoded({"ECHO", "one byte at a time"});
    std::vector<std::unique_ptr<WireClient>> clients;
    for (int i = 0; i < 50; ++i) clients.push_back(attacker());
    for (const char byte : request) {
        for (const auto& client : clients) {
            client->send_raw({&byte, 1});
            client->flush();
        }
        EXPECT_TRUE(others_are_served());
    }
    for (const auto& client : clients)
        EXPECT_EQ(client->receive(), "$18\r\none byte at a time\r\n");
}

TEST_P(Hostile, WhoNeverReadsIsClosedAloneAndItsOutputIsBounded)
{
    bystander_.ask({"SET", "kilobyte", std::string(1024, 'x')});
    const std::size_t before = resident();
    std::string requests;
    for (int i = 0; i < 100'000; ++i) requests += encoded({"GET", "kilobyte"});
    RawClient silent(server_.port());
    silent.send(requests);
    std::size_t most = 0;
    EXPECT_TRUE(eventually([&] {
        most = std::max(most, resident());
        return clients() == 1;
    }));
    // 100 MB were asked for; 16 are allowed, and a buffer of 16 that grows becomes 32 beside them.
    EXPECT_LT(most, before + 56 * mib);
    EXPECT_TRUE(calm_again(before, 8 * mib));
    EXPECT_NE(bystander_.ask({"INFO", "stats"}).find("mini_redis_output_limit_disconnections:1"),
              std::string::npos);
}

TEST_P(Hostile, TenThousandConnectionsLeaveNothingBehind)
{
    const auto thousand = [&] {
        std::vector<std::unique_ptr<WireClient>> clients;
        for (int i = 0; i < 1000; ++i) {
            clients.push_back(attacker());
            if (i % 2 == 0) clients.back()->send_raw("*1\r\n$4\r\nPI");  // half a request
            clients.back()->flush();
        }
        EXPECT_TRUE(others_are_served());
    };
    thousand();
    ASSERT_TRUE(calm_again(0, 1024 * mib));
    const std::size_t before = resident();
    for (int i = 0; i < 9; ++i) thousand();
    EXPECT_TRUE(calm_again(before, 8 * mib));
    EXPECT_TRUE(others_are_served());
}

INSTANTIATE_TEST_SUITE_P(IoThreads, Hostile, testing::Values("1", "2"),
                         [](const auto& instance) { return std::string(instance.param); });

}  // namespace
}  // namespace mini_redis::tests
