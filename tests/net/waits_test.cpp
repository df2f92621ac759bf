// Clients that wait, on real sockets: one step by step, and many on four threads.
#include "tests/support/live_server.hpp"
#include "tests/support/log_file.hpp"
#include "tests/support/random_requests.hpp"
#include "tests/support/raw_client.hpp"
#include "tests/support/wire_client.hpp"
#include "tests/support/world.hpp"

#include <atomic>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace mini_redis::tests {
namespace {

TEST(Waits, LetWhatIsBehindThemWaitToo)
{
    World world;
    WorldClient waiting(world);
    WorldClient pushing(world);
    EXPECT_EQ(waiting.round_trip("PING\r\nBLPOP l 0\r\nLLEN l\r\n"), "+PONG\r\n");
    EXPECT_EQ(waiting.round_trip("ECHO later\r\n"), "");
    EXPECT_EQ(pushing.round_trip("RPUSH l a b\r\n"), ":2\r\n");
    EXPECT_EQ(waiting.receive(), to_bytes({"l", "a"}) + ":1\r\n$5\r\nlater\r\n");
}

TEST(Waits, CostNothingMeanwhile)
{
    World world;
    WorldClient waiting(world);
    EXPECT_EQ(waiting.round_trip("BLPOP l 0\r\n"), "");
    world.next_round();  // whether the client had gone before is looked for once
    world.worker().look_around();
    EXPECT_EQ(world.step(), 0);
}

TEST(Waits, AreNotMetByWhatComesWhenTheirClientHasGone)
{
    World world;
    WorldClient pushing(world);
    {
        WorldClient waiting(world);
        EXPECT_EQ(waiting.round_trip("BLPOP l 0\r\nRPUSH l never\r\n"), "");
    }
    world.step();
    EXPECT_EQ(pushing.round_trip("RPUSH l a\r\nLLEN l\r\n"), ":1\r\n:1\r\n");
}

TEST(Waits, DoNotHoldUpTheEndOfTheServer)
{
    LogFile log;
    LiveServer server{{"loglevel", "notice"}, {"shutdown-answer-timeout", "3600"}};
    RawClient client(server.port());
    client.send("BLPOP l 0\r\n");
    EXPECT_TRUE(eventually([&] { return server->services().waits.any(); }));
    server.stop(false);
    EXPECT_EQ(client.receive_rest(), "");
    EXPECT_TRUE(log.has("stopped: 1 clients drained, 0 forced"));
}

TEST(Waits, EndWhenTheirTimeIsOver)
{
    LiveServer server{{"hz", "1"}};
    RawClient client(server.port());
    const auto began = std::chrono::steady_clock::now();
    EXPECT_EQ(client.ask("BLPOP l 0.05\r\n"), "*-1\r\n");
    const auto waited = std::chrono::steady_clock::now() - began;
    EXPECT_GE(waited, std::chrono::milliseconds(50));
    EXPECT_LT(waited, std::chrono::milliseconds(900));  // it did not wait for the housekeeping
}

// Producers, consumers that wait, some of whom give up, are unblocked or vanish, and movers from
// list to list: each element comes out once.
class ManyWaits : public testing::Test {
protected:
    static constexpr int producers = 3;
    static constexpr int consumers = 4;
    static constexpr int each = 1000;

    static std::string ask(WireClient& client, const std::string& request)
    {
        client.send_raw(request + "\r\n");
        client.flush();
        return client.receive();
    }
    // The element of BLPOP's reply, or of BLMOVE's.
    static std::string element_of(const std::string& reply)
    {
        const std::size_t last = reply.rfind("\r\n", reply.size() - 3);
        return reply.substr(last + 2, reply.size() - last - 4);
    }
    void note(const std::string& element)
    {
        const std::lock_guard lock(mutex_);
        EXPECT_TRUE(out_.insert(element).second) << element << " came twice";
    }
    std::size_t out() const
    {
        const std::lock_guard lock(mutex_);
        return out_.size();
    }

    LiveServer server{{"io-threads", "4"}};

private:
    mutable std::mutex mutex_;
    std::set<std::string> out_;
};

TEST_F(ManyWaits, LoseNothing)
{
    std::atomic<bool> over{false};
    std::vector<std::thread> threads;
    const auto on_thread = [&](auto act) {
        threads.emplace_back([this, act] {
            WireClient client(server.port());
            act(client);
        });
    };
    for (int i = 0; i < consumers; ++i)
        on_thread([&, i](WireClient& client) {
            while (!over) {
                const std::string reply =
                    ask(client, i % 2 == 0 ? "BLPOP c b 0.002" : "BRPOP b c 0.5");
                if (reply.starts_with("*2")) note(element_of(reply));
            }
        });
    for (int i = 0; i < 2; ++i)
        on_thread([&, i](WireClient& client) {
            while (!over) ask(client, i == 0 ? "BLMOVE a b LEFT RIGHT 0.01" : "BRPOPLPUSH a c 0.2");
        });
    on_thread([&](WireClient& client) {  // who unblocks whom it meets
        for (int id = 1; !over; id = id % 20 + 1)
            ask(client, "CLIENT UNBLOCK " + std::to_string(id) + (id % 2 == 0 ? " ERROR" : ""));
    });
    for (int i = 0; i < producers; ++i)
        on_thread([&, i](WireClient& client) {
            for (int n = 0; n < each; n += 2) {
                const std::string first = std::to_string(i * each + n);
                const std::string second = std::to_string(i * each + n + 1);
                if (n % 4 == 0)
                    ask(client, "RPUSH a " + first + " " + second);
                else
                    for (const std::string& request : {std::string("MULTI"), "LPUSH b " + first,
                                                       "RPUSH a " + second, std::string("EXEC")})
                        ask(client, request);
            }
        });
    EXPECT_TRUE(eventually([&] { return out() == std::size_t{producers} * each; }));
    over = true;
    for (std::thread& thread : threads) thread.join();
    WireClient client(server.port());
    EXPECT_EQ(ask(client, "EXISTS a b c"), ":0\r\n");
    EXPECT_FALSE(server->services().waits.any());
}

// What was pushed is with whom it was pushed for, or still there; what was taken for a client that
// vanished was on its way to it.
TEST_F(ManyWaits, TakeNothingForTheKilled)
{
    WireClient pushing(server.port());
    for (int i = 0; i < 300; ++i) {
        WireClient waiting(server.port());
        const std::string id = ask(waiting, "CLIENT ID");
        waiting.send_raw("BLPOP l 0\r\n");
        waiting.flush();
        ASSERT_TRUE(eventually([&] { return server->services().waits.any(); }));
        ASSERT_EQ(ask(pushing, "CLIENT KILL ID " + id.substr(1, id.size() - 3)), ":1\r\n");
        ASSERT_EQ(ask(pushing, "RPUSH l x"), ":1\r\n");
        ASSERT_EQ(ask(pushing, "LPOP l"), "$1\r\nx\r\n");
    }
}

}  // namespace
}  // namespace mini_redis::tests
