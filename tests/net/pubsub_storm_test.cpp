// Publishers, subscribers and CLIENT KILL on four threads: within a connection there is no gap, no
// repetition and no change of order, whoever is killed. Under ThreadSanitizer it proves more.
#include "tests/support/live_server.hpp"
#include "tests/support/raw_client.hpp"

#include <atomic>
#include <map>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace mini_redis::tests {
namespace {

constexpr int publishers = 3;
constexpr int messages = 400;  // of each publisher

std::string publish(int publisher, int number)
{
    return "PUBLISH c " + std::to_string(publisher) + ":" + std::to_string(number) + "\r\n";
}

// Listens until it is killed, again and again, and checks what it hears.
class Listener {
public:
    Listener(std::uint16_t port, std::atomic<bool>& done) : port_(port), done_(done) {}

    void listen()
    {
        while (!done_) {
            RawClient client(port_);
            client.send("SUBSCRIBE c\r\n");
            std::map<int, int> last;  // of each publisher, on this connection
            std::string line;
            while (!(line = client.receive_line()).empty()) {
                const std::size_t colon = line.find(':', 1);
                if (colon == std::string::npos) continue;
                ++heard_;
                const int number = std::stoi(line.substr(colon + 1));
                const auto [known, first] = last.try_emplace(line[0], number);
                if (!first && number != ++known->second) ++wrong_;
            }
        }
    }

    int heard() const { return heard_; }
    int wrong() const { return wrong_; }

private:
    std::uint16_t port_;
    std::atomic<bool>& done_;
    int heard_ = 0;
    int wrong_ = 0;
};

TEST(PubsubStorm, LeavesNoGapWhoeverIsKilled)
{
    LiveServer server{{"io-threads", "4"}};
    std::atomic<bool> done{false};
    std::atomic<int> publishing{publishers};
    std::vector<Listener> listeners(6, Listener(server.port(), done));
    std::vector<std::thread> threads;
    std::atomic<std::size_t> gone{0};
    for (Listener& listener : listeners)
        threads.emplace_back([&] {
            listener.listen();
            ++gone;
        });
    for (int publisher = 0; publisher < publishers; ++publisher)
        threads.emplace_back([&, publisher] {
            RawClient client(server.port());
            for (int i = 0; i < messages; ++i)
                EXPECT_EQ(client.ask(publish(publisher, i)).substr(0, 1), ":");
            --publishing;
        });
    RawClient killer(server.port());
    while (publishing != 0) killer.ask("CLIENT KILL TYPE pubsub\r\n");
    done = true;
    EXPECT_TRUE(eventually([&] {
        killer.ask("CLIENT KILL TYPE pubsub\r\n");
        return gone == listeners.size();
    }));
    for (std::thread& thread : threads) thread.join();
    int heard = 0;
    for (const Listener& listener : listeners) {
        EXPECT_EQ(listener.wrong(), 0);
        heard += listener.heard();
    }
    EXPECT_GT(heard, 0);
}

// Nobody is killed: everybody hears everything, in one order.
TEST(PubsubStorm, IsHeardByAllInOneOrder)
{
    LiveServer server{{"io-threads", "4"}};
    std::vector<std::string> heard(8);
    std::vector<std::thread> threads;
    std::atomic<int> subscribed{0};
    for (std::string& mine : heard)
        threads.emplace_back([&] {
            RawClient client(server.port());
            client.send("SUBSCRIBE c\r\n");
            std::string reply;
            while (!reply.ends_with(":1\r\n")) reply += client.receive_line();
            ++subscribed;
            while (!mine.ends_with("end\r\n")) mine += client.receive_line();
        });
    ASSERT_TRUE(eventually([&] { return subscribed == 8; }));
    std::vector<std::thread> publishing;
    for (int publisher = 0; publisher < publishers; ++publisher)
        publishing.emplace_back([&, publisher] {
            RawClient client(server.port());
            for (int i = 0; i < messages; ++i)
                EXPECT_EQ(client.ask(publish(publisher, i)), ":8\r\n");
        });
    for (std::thread& thread : publishing) thread.join();
    RawClient last(server.port());
    EXPECT_EQ(last.ask("PUBLISH c end\r\n"), ":8\r\n");
    for (std::thread& thread : threads) thread.join();
    for (const std::string& mine : heard) EXPECT_EQ(mine, heard.front());
    EXPECT_GT(heard.front().size(), static_cast<std::size_t>(publishers * messages) * 30);
}

}  // namespace
}  // namespace mini_redis::tests
