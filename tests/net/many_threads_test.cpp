// Everything at once: every command from eight connections on four threads. What it proves, it
// proves under ThreadSanitizer; elsewhere it proves that the server is still there.
#include "protocol/reply_parser.hpp"
#include "server/server.hpp"
#include "tests/support/random_requests.hpp"

#include <atomic>
#include <netinet/in.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <vector>

#include <gtest/gtest.h>

namespace mini_redis::tests {
namespace {

// Blocks; connects again when it has been closed (QUIT, CLIENT KILL).
class Caller {
public:
    explicit Caller(std::uint16_t port) : port_(port) { connect(); }
    ~Caller() { ::close(descriptor_); }
    Caller(const Caller&) = delete;
    Caller& operator=(const Caller&) = delete;

    // Sends all and reads the replies of those that have one. False if the connection was closed.
    bool ask(const std::string& bytes, int replies)
    {
        if (::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL) < 0) return again();
        char chunk[16384];
        while (replies > 0) {
            const ssize_t count = ::recv(descriptor_, chunk, sizeof chunk, 0);
            if (count <= 0) return again();
            for (std::string_view rest(chunk, static_cast<std::size_t>(count)); !rest.empty();) {
                rest.remove_prefix(parser_.feed(rest));
                if (!parser_.ready()) continue;
                parser_.take();
                --replies;
            }
        }
        return true;
    }

private:
    bool again()
    {
        ::close(descriptor_);
        parser_ = protocol::ReplyParser{};
        connect();
        return false;
    }

    void connect()
    {
        descriptor_ = ::socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port_);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        ASSERT_EQ(::connect(descriptor_, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
        const timeval patience{.tv_sec = 1, .tv_usec = 0};  // a client may have turned replies off
        ::setsockopt(descriptor_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    }

    std::uint16_t port_;
    int descriptor_ = -1;
    protocol::ReplyParser parser_;
};

// What would end the test itself, or make every client wait.
bool can_be_called(const dispatch::Listed& listed)
{
    for (const std::string_view no :
         {"shutdown", "client|pause", "client|reply", "debug|sleep", "monitor"})
        if (listed.name == no) return false;
    return true;
}

TEST(ManyThreads, EveryCommandFromEightConnections)
{
    config::Config config;
    const config::Config::Assignment settings[] = {{"slowlog-log-slower-than", "0"},
                                                   {"latency-monitor-threshold", "1"}};
    ASSERT_EQ(config.set(settings), std::nullopt);
    ASSERT_EQ(config.find("port")->assign("0"), std::nullopt);
    ASSERT_EQ(config.find("io-threads")->assign("4"), std::nullopt);
    server::Server server(config);
    std::thread serving([&server] { server.run(); });

    std::atomic<int> answered{0};
    std::vector<std::thread> clients;
    for (unsigned number = 0; number < 8; ++number) {
        clients.emplace_back([&, number] {
            RandomRequests requests(server.services().catalogue, number, can_be_called);
            Caller caller(server.port());
            const std::size_t batches = 3 * requests.commands() / 4;
            for (std::size_t i = 0; i < batches; ++i) {
                std::string bytes;
                for (int j = 0; j < 8; ++j) bytes += to_bytes(requests.next());
                if (caller.ask(bytes, 8)) answered += 8;
            }
        });
    }
    for (std::thread& client : clients) client.join();
    EXPECT_GT(answered, 1000);
    Caller last(server.port());
    EXPECT_TRUE(last.ask("PING\r\n", 1));
    server.shut_down(false);
    serving.join();
}

}  // namespace
}  // namespace mini_redis::tests
