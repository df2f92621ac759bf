// Transactions on four threads: each is whole for all others, and a watched key that changed undoes
// it. What is counted twice or not at all shows in the sums.
#include "tests/support/live_server.hpp"
#include "tests/support/wire_client.hpp"

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace mini_redis::tests {
namespace {

constexpr int clients_max = 6;
constexpr int rounds = 200;

std::string ask(WireClient& client, std::string_view request)
{
    client.send_raw(std::string(request) + "\r\n");
    client.flush();
    return client.receive();
}

// Asks for all, and returns the last reply.
std::string ask_all(WireClient& client, std::initializer_list<std::string_view> requests)
{
    std::string last;
    for (const std::string_view request : requests) client.send_raw(std::string(request) + "\r\n");
    client.flush();
    for (std::size_t i = 0; i < requests.size(); ++i) last = client.receive();
    return last;
}

template <class Act>
void on_many_threads(int count, Act act)
{
    std::vector<std::thread> threads;
    for (int i = 0; i < count; ++i) threads.emplace_back([&act, i] { act(i); });
    for (std::thread& thread : threads) thread.join();
}

TEST(ManyTransactions, LoseNoUpdateOfAWatchedKey)
{
    LiveServer server{{"io-threads", "4"}};
    std::atomic<int> executed{0};
    on_many_threads(clients_max, [&](int) {
        WireClient client(server.port());
        for (int i = 0; i < rounds; ++i) {
            const std::string seen = ask_all(client, {"WATCH n", "GET n"});
            const int n = seen == "$-1\r\n" ? 0 : std::stoi(seen.substr(seen.find('\n') + 1));
            const std::string set = "SET n " + std::to_string(n + 1);
            if (ask_all(client, {"MULTI", set, "EXEC"}) != "*-1\r\n") ++executed;
        }
    });
    WireClient client(server.port());
    const std::string n = std::to_string(executed);
    EXPECT_EQ(ask(client, "GET n"), "$" + std::to_string(n.size()) + "\r\n" + n + "\r\n");
    EXPECT_GT(executed, rounds);
}

TEST(ManyTransactions, AreWholeForAllOthers)
{
    LiveServer server{{"io-threads", "4"}};
    std::atomic<int> torn{0};
    on_many_threads(clients_max, [&](int number) {
        WireClient client(server.port());
        for (int i = 0; i < rounds; ++i) {
            if (number % 2 == 0) {
                ask_all(client, {"MULTI", "INCR a", "INCR b", "EXEC"});
                ask_all(client, {"MULTI", "DBSIZE", "INCR b", "INCR a", "EXEC"});
            } else {
                const std::string both = ask_all(client, {"MULTI", "GET a", "GET b", "EXEC"});
                const std::size_t second = both.find('$', 5);
                if (both.substr(4, second - 4) != both.substr(second)) ++torn;
            }
        }
    });
    EXPECT_EQ(torn, 0);
    WireClient client(server.port());
    EXPECT_EQ(ask(client, "GET a"), ask(client, "GET b"));
}

}  // namespace
}  // namespace mini_redis::tests
