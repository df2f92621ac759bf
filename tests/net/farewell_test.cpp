// Every way a connection ends, and the server itself.
#include "tests/support/live_server.hpp"
#include "tests/support/log_file.hpp"
#include "tests/support/random_requests.hpp"
#include "tests/support/raw_client.hpp"
#include "tests/support/repeat.hpp"

#include <gmock/gmock.h>

namespace mini_redis::tests {
namespace {

using observability::Statistics;
using testing::HasSubstr;

// More than the kernel takes at once; its reply, and the client's wish for it.
constexpr std::size_t large_bytes = 16'000'000;
std::string large_reply()
{
    return "$" + std::to_string(large_bytes) + "\r\n" + std::string(large_bytes, 'x') + "\r\n";
}
void store_large(LiveServer& server)
{
    RawClient client(server.port());
    EXPECT_EQ(client.ask(to_bytes({"SET", "large", std::string(large_bytes, 'x')})), "+OK\r\n");
}

TEST(Farewell, QuitIsAnsweredFirst)
{
    LiveServer server;
    RawClient client(server.port());
    client.send("PING\r\nQUIT\r\nPING\r\n");
    EXPECT_EQ(client.receive_rest(), "+PONG\r\n+OK\r\n");
    EXPECT_TRUE(eventually([&] { return server.clients() == 0; }));
}

TEST(Farewell, AProtocolErrorIsAnsweredFirst)
{
    LiveServer server;
    RawClient client(server.port());
    client.send("PING\r\n*1\r\n!\r\n" + std::string(100'000, 'x'));
    EXPECT_EQ(client.receive_rest(), "+PONG\r\n-ERR Protocol error: expected '$', got '!'\r\n");
}

TEST(Farewell, AHalfClosedClientGetsItsReplies)
{
    LiveServer server;
    store_large(server);
    RawClient client(server.port());
    client.send("GET large\r\n" + repeat("PING\r\n", 1000));
    client.half_close();
    EXPECT_TRUE(client.receive_rest() == large_reply() + repeat("+PONG\r\n", 1000));
}

TEST(Farewell, AClientThatVanishesIsForgotten)
{
    LiveServer server;
    store_large(server);
    RawClient other(server.port());
    for (int i = 0; i < 10; ++i) {
        RawClient client(server.port());
        client.send("GET large\r\nGET large\r\n");
        EXPECT_EQ(client.receive(1), "$");
        client.reset();
    }
    EXPECT_TRUE(eventually([&] { return server.clients() == 1; }));
    EXPECT_EQ(other.ask("PING\r\n"), "+PONG\r\n");
}

TEST(Farewell, AnIdleClientIsClosedAndNoOther)
{
    LiveServer server{{"timeout", "100"}};
    RawClient idle(server.port());
    RawClient busy(server.port());
    RawClient watching(server.port());
    EXPECT_EQ(idle.ask("PING\r\n"), "+PONG\r\n");
    EXPECT_EQ(watching.ask("MONITOR\r\n"), "+OK\r\n");
    server.wind(std::chrono::seconds(60));
    EXPECT_EQ(busy.ask("PING\r\n"), "+PONG\r\n");
    server.wind(std::chrono::seconds(60));
    EXPECT_TRUE(idle.closed());
    EXPECT_EQ(busy.ask("PING\r\n"), "+PONG\r\n");
    EXPECT_THAT(watching.receive_line(), HasSubstr("PING"));
}

TEST(Farewell, AKilledClientIsGoneAtOnce)
{
    LiveServer server{{"io-threads", "2"}};
    RawClient victim(server.port());
    RawClient killer(server.port());
    const std::string id = victim.ask("CLIENT ID\r\n").substr(1);
    EXPECT_EQ(killer.ask("CLIENT KILL ID " + id), ":1\r\n");
    EXPECT_EQ(killer.ask("CLIENT KILL ID " + id), ":0\r\n");
    EXPECT_TRUE(victim.closed());
    EXPECT_EQ(killer.ask("CLIENT KILL TYPE normal SKIPME no\r\n"), ":1\r\n");
    EXPECT_TRUE(killer.closed());
}

TEST(Farewell, AReaderThatDoesNotReadIsClosedAlone)
{
    LiveServer server{{"client-output-buffer-limit", "normal 1mb 0 0"}};
    store_large(server);
    RawClient slow(server.port());
    RawClient other(server.port());
    slow.send(repeat("GET large\r\n", 3));
    EXPECT_TRUE(eventually([&] {
        EXPECT_EQ(other.ask("PING\r\n"), "+PONG\r\n");
        return server.counted(&Statistics::output_limit) == 1;
    }));
    EXPECT_LT(slow.receive_rest().size(), 3 * large_bytes);
    EXPECT_EQ(other.ask("PING\r\n"), "+PONG\r\n");
}

TEST(Farewell, ASoftLimitIsFeltWithoutAskingForMore)
{
    LiveServer server{{"client-output-buffer-limit", "normal 0 1mb 60"}};
    store_large(server);
    RawClient slow(server.port());
    slow.send("GET large\r\n");
    EXPECT_EQ(slow.receive(1), "$");
    EXPECT_TRUE(eventually([&] {
        server.wind(std::chrono::seconds(1));
        return server.counted(&Statistics::output_limit) == 1;
    }));
    EXPECT_LT(slow.receive_rest().size(), large_bytes);
}

TEST(Farewell, ARequestWithoutEndIsCutOff)
{
    LiveServer server{{"client-query-buffer-limit", "1mb"}};
    RawClient client(server.port());
    client.send("PING\r\n" + to_bytes({"ECHO", std::string(3'000'000, 'e')}));
    EXPECT_EQ(client.receive_rest(), "+PONG\r\n");
    EXPECT_EQ(server.counted(&Statistics::query_limit), 1);
}

TEST(Shutdown, AnswersWhatWasReceived)
{
    const std::string path = own_path("answers");
    LiveServer server{{"unixsocket", path.c_str()}, {"io-threads", "2"}};
    RawClient idle(path);
    RawClient client(path);
    client.send(repeat("INCR n\r\n", 10'000));  // on a Unix socket, to send is to deliver
    server.stop(false);
    std::string replies;
    for (int i = 1; i <= 10'000; ++i) replies += ":" + std::to_string(i) + "\r\n";
    EXPECT_EQ(client.receive_rest(), replies);
    EXPECT_EQ(idle.receive_rest(), "");
}

TEST(Shutdown, WaitsForASlowReader)
{
    LogFile log;
    LiveServer server{{"loglevel", "notice"}};
    store_large(server);
    RawClient client(server.port());
    client.send("GET large\r\nGET large\r\n");
    EXPECT_EQ(client.receive(1), "$");
    server->shut_down(false);
    EXPECT_TRUE("$" + client.receive_rest() == large_reply() + large_reply());
    server.stop(false);
    EXPECT_TRUE(log.has("stopped: 1 clients drained, 0 forced, which were owed 0 bytes"));
}

TEST(Shutdown, AtOnceIsAtOnce)
{
    LogFile log;
    LiveServer server{{"loglevel", "notice"}, {"shutdown-timeout", "3600"}};
    store_large(server);
    RawClient client(server.port());
    client.send("GET large\r\n");
    EXPECT_EQ(client.receive(1), "$");
    server->shut_down(false);
    EXPECT_TRUE(eventually([&] { return server.clients() == 0; }));  // it says goodbye
    EXPECT_FALSE(server.ended());
    server.stop(true);
    EXPECT_LT(client.receive_rest().size(), large_bytes);
    EXPECT_TRUE(log.has("is forced to leave: it is owed 1"));
    EXPECT_TRUE(log.has("stopped: 0 clients drained, 1 forced, which were owed 1"));
}

TEST(Shutdown, GivesUpAtItsDeadline)
{
    LiveServer server{{"shutdown-timeout", "0"}};
    store_large(server);
    RawClient client(server.port());
    client.send("GET large\r\n");
    EXPECT_EQ(client.receive(1), "$");
    server.stop(false);
    EXPECT_LT(client.receive_rest().size(), large_bytes);
}

// Two requests, of which the first is held back.
void send_while_paused(LiveServer& server, RawClient& client)
{
    EXPECT_EQ(client.ask("CLIENT PAUSE 3600000 WRITE\r\n"), "+OK\r\n");
    client.send("SET k v\r\nGET k\r\n");
    EXPECT_TRUE(eventually([&] {
        bool waits = false;
        server->services().clients.each([&](const auto& session) { waits = session.waiting; });
        return waits;
    }));
}

TEST(Shutdown, AnswersWhatIsPausedOnceThePauseEnds)
{
    LiveServer server{{"shutdown-answer-timeout", "3600"}};
    RawClient client(server.port());
    send_while_paused(server, client);
    server->shut_down(false);
    server.wind(std::chrono::hours(2));
    EXPECT_EQ(client.receive_rest(), "+OK\r\n$1\r\nv\r\n");
    server.stop(false);
}

TEST(Shutdown, GivesUpWhatIsPausedTooLong)
{
    LogFile log;
    LiveServer server{{"loglevel", "notice"}, {"shutdown-answer-timeout", "0"}};
    RawClient client(server.port());
    send_while_paused(server, client);
    server.stop(false);
    EXPECT_EQ(client.receive_rest(), "");
    EXPECT_TRUE(log.has("it is owed 0 bytes and answers to what had to wait"));
    EXPECT_TRUE(log.has("stopped: 0 clients drained, 1 forced"));
}

}  // namespace
}  // namespace mini_redis::tests
