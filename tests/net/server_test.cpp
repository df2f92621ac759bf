// The whole server from outside: real sockets, real threads.
#include "server/server.hpp"

#include "tests/support/live_server.hpp"
#include "tests/support/log_file.hpp"
#include "tests/support/random_requests.hpp"
#include "tests/support/raw_client.hpp"
#include "tests/support/repeat.hpp"

#include <filesystem>
#include <fstream>
#include <sys/resource.h>

#include <gmock/gmock.h>

namespace mini_redis::tests {
namespace {

using observability::Statistics;

TEST(Server, AnswersAPipelineInOrder)
{
    LiveServer server{{"io-threads", "2"}};
    RawClient client(server.port());
    client.send(repeat("INCR n\r\n", 10'000));
    for (int i = 1; i <= 10'000; ++i)
        ASSERT_EQ(client.receive_line(), ":" + std::to_string(i) + "\r\n");
}

TEST(Server, UnderstandsARequestByteByByte)
{
    LiveServer server;
    RawClient client(server.port());
    const std::string request = to_bytes({"ECHO", std::string(20, 'e')});
    for (std::size_t i = 0; i < request.size(); ++i) {
        client.send(request.substr(i, 1));
        ASSERT_TRUE(eventually([&] { return server.counted(&Statistics::bytes_in) == i + 1; }));
    }
    EXPECT_EQ(client.receive(27), "$20\r\n" + std::string(20, 'e') + "\r\n");
}

TEST(Server, ListensOnUnixSocketsAndIpv6)
{
    const std::string path = own_path("listens");
    {
        LiveServer server{{"bind", "127.0.0.1 ::1"}};
        EXPECT_EQ(RawClient(server.port(), AF_INET6).ask("PING\r\n"), "+PONG\r\n");
        EXPECT_EQ(RawClient(server.port()).ask("PING\r\n"), "+PONG\r\n");
    }
    {
        LiveServer server{{"unixsocket", path.c_str()}};
        RawClient client(path);
        EXPECT_THAT(client.ask_bulk("CLIENT LIST\r\n"), testing::HasSubstr("addr=" + path + ":0"));
    }
    EXPECT_FALSE(std::filesystem::exists(path));
}

TEST(Server, DoesNotTakeAFileForAnOldSocket)
{
    const std::string path = own_path("file");
    std::ofstream(path) << "precious";
    config::Config config;
    config.port.assign("0");
    config.unixsocket.assign(path);
    EXPECT_THROW(server::Server{config}, std::runtime_error);
    EXPECT_EQ(std::filesystem::file_size(path), 8);
    std::filesystem::remove(path);
}

TEST(Server, ListensElsewhereWhenItIsToldTo)
{
    LiveServer server;
    const std::uint16_t before = server.port();
    RawClient old(before);
    std::uint16_t free_port = 0;
    {
        LiveServer other;
        free_port = other.port();
        EXPECT_EQ(server.set("port", std::to_string(free_port)),
                  "ERR CONFIG SET failed (possibly related to argument 'port') - Unable to listen "
                  "on this port. Check server logs.");
    }
    EXPECT_EQ(server.set("port", std::to_string(free_port)), std::nullopt);
    EXPECT_EQ(RawClient(free_port).ask("PING\r\n"), "+PONG\r\n");
    EXPECT_EQ(old.ask("PING\r\n"), "+PONG\r\n");
    EXPECT_TRUE(eventually([before] {
        try {
            RawClient late(before);
            return false;
        } catch (const std::runtime_error&) {
            return true;
        }
    }));
}

TEST(Server, RefusesMoreClientsThanMaxclients)
{
    LiveServer server{{"maxclients", "2"}};
    RawClient first(server.port());
    {
        RawClient second(server.port());
        EXPECT_EQ(second.ask("PING\r\n"), "+PONG\r\n");
        RawClient third(server.port());
        EXPECT_EQ(third.receive_rest(), "-ERR max number of clients reached\r\n");
    }
    EXPECT_TRUE(
        eventually([&] { return RawClient(server.port()).ask("PING\r\n") == "+PONG\r\n"; }));
    EXPECT_EQ(first.ask("PING\r\n"), "+PONG\r\n");
}

TEST(Server, LetsLoginsTakeEffectWithinAPipeline)
{
    LiveServer server{{"requirepass", "secret"}};
    RawClient client(server.port());
    client.send("PING\r\nAUTH secret\r\n" + to_bytes(std::vector<std::string>(20, "ECHO")));
    EXPECT_EQ(client.receive_line(), "-NOAUTH Authentication required.\r\n");
    EXPECT_EQ(client.receive_line(), "+OK\r\n");
    EXPECT_EQ(client.receive_line(), "-ERR wrong number of arguments for 'echo' command\r\n");
}

TEST(Server, KeepsWritersWaitingUntilThePauseEnds)
{
    LiveServer server{{"io-threads", "2"}};
    RawClient writer(server.port());
    RawClient reader(server.port());
    EXPECT_EQ(reader.ask("CLIENT PAUSE 3600000 WRITE\r\n"), "+OK\r\n");
    writer.send("PING\r\nSET k v\r\nGET k\r\n");
    EXPECT_EQ(writer.receive_line(), "+PONG\r\n");
    EXPECT_TRUE(eventually(
        [&] { return reader.ask_bulk("CLIENT LIST\r\n").find("flags=b") != std::string::npos; }));
    EXPECT_EQ(reader.ask("GET k\r\n"), "$-1\r\n");
    EXPECT_EQ(reader.ask("CLIENT UNPAUSE\r\n"), "+OK\r\n");
    EXPECT_EQ(writer.receive(12), "+OK\r\n$1\r\nv\r\n");
}

TEST(Server, DropsWhatAPauseHoldsBackWhenItsClientHangsUp)
{
    LiveServer server{{"io-threads", "2"}};
    RawClient writer(server.port());
    RawClient reader(server.port());
    EXPECT_EQ(reader.ask("CLIENT PAUSE 3600000 WRITE\r\n"), "+OK\r\n");
    writer.send("SET k v\r\n");
    writer.half_close();
    EXPECT_EQ(writer.receive_rest(), "");  // closed without an answer
    EXPECT_EQ(reader.ask("CLIENT UNPAUSE\r\n"), "+OK\r\n");
    EXPECT_EQ(reader.ask("GET k\r\n"), "$-1\r\n");
}

TEST(Server, EndsAPauseOfAllByUnpauseOrByTime)
{
    LiveServer server;
    RawClient waiting(server.port());
    RawClient other(server.port());
    EXPECT_EQ(other.ask("CLIENT PAUSE 3600000\r\n"), "+OK\r\n");
    waiting.send("PING\r\n");
    EXPECT_EQ(other.ask("CLIENT UNPAUSE\r\n"), "+OK\r\n");
    EXPECT_EQ(waiting.receive_line(), "+PONG\r\n");
    EXPECT_EQ(other.ask("CLIENT PAUSE 3600000\r\n"), "+OK\r\n");
    waiting.send("PING\r\n");
    server.wind(std::chrono::hours(1));
    EXPECT_EQ(waiting.receive_line(), "+PONG\r\n");
}

TEST(Server, ShowsMonitorsWhatClientsOfAllThreadsDo)
{
    LiveServer server{{"io-threads", "2"}, {"requirepass", "secret"}};
    RawClient watcher(server.port());
    EXPECT_EQ(watcher.ask("AUTH secret\r\n"), "+OK\r\n");
    EXPECT_EQ(watcher.ask("MONITOR\r\n"), "+OK\r\n");
    for (int i = 0; i < 4; ++i) {
        RawClient client(server.port());
        EXPECT_EQ(client.ask("AUTH secret\r\n"), "+OK\r\n");
        EXPECT_THAT(watcher.receive_line(), testing::HasSubstr("] \"AUTH\" \"(redacted)\"\r\n"));
        EXPECT_EQ(client.ask("SET \"a b\" \"\\x01\"\r\n"), "+OK\r\n");
        EXPECT_THAT(watcher.receive_line(),
                    testing::MatchesRegex("\\+[0-9]+\\.[0-9]+ \\[0 127\\.0\\.0\\.1:[0-9]+\\] "
                                          "\"SET\" \"a b\" \"\\\\x01\"\r\n"));
    }
}

TEST(Server, AcceptsAgainOnceThereAreDescriptors)
{
    LogFile log;
    LiveServer server{{"io-threads", "1"}};
    EXPECT_EQ(RawClient(server.port()).ask("PING\r\n"), "+PONG\r\n");
    EXPECT_TRUE(eventually([&] { return server.clients() == 0; }));
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    const int lowest_free = ::dup(0);
    ::close(lowest_free);
    const rlimit one_more{static_cast<rlim_t>(lowest_free) + 1, limit.rlim_max};
    ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &one_more), 0);
    RawClient client(server.port());
    client.send("PING\r\n");
    EXPECT_TRUE(eventually([&] { return log.has("cannot accept clients for now"); }));
    ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &limit), 0);
    EXPECT_EQ(client.receive_line(), "+PONG\r\n");
}

TEST(Server, ListsClientsWhileTheyComeAndGo)
{
    LiveServer server{{"io-threads", "4"}};
    std::atomic<bool> done{false};
    std::vector<std::thread> visitors;
    for (int i = 0; i < 3; ++i) {
        visitors.emplace_back([&server] {
            for (int j = 0; j < 100; ++j) {
                RawClient visitor(server.port());
                EXPECT_EQ(visitor.ask("CLIENT SETNAME visitor\r\n"), "+OK\r\n");
                EXPECT_EQ(visitor.ask("SELECT 3\r\n"), "+OK\r\n");
            }
        });
    }
    std::thread lister([&] {
        RawClient client(server.port());
        while (!done) {
            EXPECT_THAT(client.ask_bulk("CLIENT LIST\r\n"), testing::HasSubstr("cmd=client|list"));
            RawClient victim(server.port());
            const std::string id = victim.ask("CLIENT ID\r\n").substr(1);
            EXPECT_EQ(client.ask("CLIENT KILL ID " + id), ":1\r\n");
        }
    });
    for (std::thread& visitor : visitors) visitor.join();
    done = true;
    lister.join();
}

TEST(Server, ForgetsAThousandClients)
{
    LiveServer server{{"io-threads", "2"}};
    for (int round = 0; round < 10; ++round) {
        std::vector<std::unique_ptr<RawClient>> clients;
        for (int i = 0; i < 100; ++i) clients.push_back(std::make_unique<RawClient>(server.port()));
        for (const auto& client : clients) ASSERT_EQ(client->ask("PING\r\n"), "+PONG\r\n");
    }
    EXPECT_TRUE(eventually([&] { return server.clients() == 0; }));
    EXPECT_EQ(server.counted(&Statistics::connections), 1000);
    EXPECT_EQ(RawClient(server.port()).ask("PING\r\n"), "+PONG\r\n");
}

}  // namespace
}  // namespace mini_redis::tests
