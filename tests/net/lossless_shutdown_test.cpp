// A shutdown in the middle of everything: whoever goes on reading learns of all that was done for
// it, and who does not read cannot hold the server.
#include "tests/support/live_server.hpp"
#include "tests/support/raw_client.hpp"

#include <algorithm>
#include <chrono>
#include <deque>
#include <poll.h>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace mini_redis::tests {
namespace {

// Sets its own key to 1, 2, 3 and so on, several under way at a time, until the server hangs up.
class Writer {
public:
    static constexpr int window = 8;

    Writer(std::uint16_t port, int number) : key_("client:" + std::to_string(number)), client_(port)
    {
        ask();
    }

    int descriptor() const { return client_.descriptor(); }
    const std::string& key() const { return key_; }
    int acknowledged() const { return acknowledged_; }

    // Reads what there is and asks for more; false once the server has hung up.
    bool go_on()
    {
        char bytes[4096];
        const ssize_t count = ::recv(descriptor(), bytes, sizeof bytes, MSG_DONTWAIT);
        if (count < 0) return errno == EAGAIN;
        acknowledged_ += static_cast<int>(std::count(bytes, bytes + count, '+'));
        if (count != 0) ask();
        return count != 0;
    }

private:
    void ask()
    {
        std::string requests;
        while (asked_ < acknowledged_ + window)
            requests += "SET " + key_ + " " + std::to_string(++asked_) + "\r\n";
        client_.send(requests);
    }

    std::string key_;
    RawClient client_;
    int asked_ = 0;
    int acknowledged_ = 0;
};

int value_of(LiveServer& server, const std::string& key)
{
    keyspace::Keyspace& keyspace = server->services().keyspace;
    keyspace::Locks locks(keyspace);
    keyspace::View view(keyspace, server->services().threads.front().keyspace, locks, 0, 0);
    const keyspace::Key named(key);
    locks.take({&named, 1});
    const keyspace::Entry* entry = view.peek(named);
    char scratch[24];
    const int value = entry ? std::stoi(std::string(entry->text(scratch))) : 0;
    locks.release();
    return value;
}

TEST(LosslessShutdown, AThousandWritersLearnOfAllThatWasDone)
{
    LiveServer server{{"io-threads", "2"}};
    std::deque<Writer> writers;
    for (int i = 0; i < 1000; ++i) writers.emplace_back(server.port(), i);
    std::vector<pollfd> sockets;
    for (const Writer& writer : writers) sockets.push_back({writer.descriptor(), POLLIN, 0});

    const auto began = std::chrono::steady_clock::now();
    std::size_t rounds = 0;
    std::size_t open = writers.size();
    while (open != 0) {
        if (++rounds == 20) server->shut_down(false);
        ::poll(sockets.data(), sockets.size(), 1000);
        for (std::size_t i = 0; i < sockets.size(); ++i) {
            if (sockets[i].revents == 0 || writers[i].go_on()) continue;
            sockets[i].fd = -1;  // poll passes it over
            --open;
        }
        ASSERT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(60));
    }
    server.stop(false);
    std::size_t all = 0;
    for (const Writer& writer : writers) {
        EXPECT_EQ(writer.acknowledged(), value_of(server, writer.key())) << writer.key();
        all += static_cast<std::size_t>(writer.acknowledged());
    }
    EXPECT_GT(all, 10'000U);
}

TEST(LosslessShutdown, SubscribersThatDoNotReadCannotHoldIt)
{
    LiveServer server{{"io-threads", "2"}, {"shutdown-timeout", "1"}};
    std::deque<RawClient> deaf;
    for (int i = 0; i < 100; ++i) {
        deaf.emplace_back(server.port());
        EXPECT_EQ(deaf.back().ask("SUBSCRIBE c\r\n"), "*3\r\n");
    }
    RawClient publisher(server.port());
    const std::string publish = "PUBLISH c " + std::string(60'000, 'x') + "\r\n";
    for (int i = 0; i < 100; ++i) EXPECT_EQ(publisher.ask(publish), ":100\r\n");

    const auto began = std::chrono::steady_clock::now();
    server.stop(false);
    EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(5));
    EXPECT_TRUE(server.ended());
}

}  // namespace
}  // namespace mini_redis::tests
