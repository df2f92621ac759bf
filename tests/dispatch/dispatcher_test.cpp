// The way of a batch: in order, counted, measured, shown to who watches.
#include "server/observability/memory.hpp"
#include "tests/support/command_fixture.hpp"

#include <array>
#include <random>

#include <gmock/gmock.h>

namespace mini_redis::tests {
namespace {

using Served = dispatch::Dispatcher::Served;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

class Dispatcher : public CommandFixture {
protected:
    using Requests = std::vector<std::vector<std::string_view>>;

    // All replies to what arrives at once, as bytes.
    std::string pipeline(const Requests& requests, dispatch::Dispatcher::Progress* progress = {})
    {
        protocol::Batch batch;
        for (const auto& words : requests) {
            const std::size_t first = batch.words.size();
            batch.words.insert(batch.words.end(), words.begin(), words.end());
            batch.add_request(first);
        }
        protocol::Buffer out;
        protocol::Writer reply(out, client.session.dialect);
        const auto stopped = server.dispatcher->serve(client.session, batch, 0, reply);
        if (progress) *progress = stopped;
        return std::string(out.view());
    }

    const observability::CommandStatistics& statistics(std::string_view name)
    {
        return server.counts->statistics.command(server.catalogue.find_full(name)->id);
    }

    std::vector<std::string> slow_commands()
    {
        std::vector<std::string> commands;
        for (const auto& entry : server.services.slow_log.newest(100)) {
            std::string& text = commands.emplace_back();
            for (const std::string& word : entry.words) text += word + " ";
        }
        return commands;
    }
};

// A batch looks a command up once while requests say the same word again, but that word may be a
// whole family's.
TEST_F(Dispatcher, TellsRequestsApartThatBeginAlike)
{
    pipeline({{"SET", "number", "1"}});
    EXPECT_EQ(pipeline({{"OBJECT", "ENCODING", "number"},
                        {"OBJECT", "REFCOUNT", "number"},
                        {"OBJECT", "NONSENSE"},
                        {"NONSENSE"},
                        {"NONSENSE"},
                        {"GET", "number"},
                        {"GET"},
                        {"get", "number"}}),
              "$3\r\nint\r\n"
              ":2147483647\r\n"
              "-ERR unknown subcommand 'NONSENSE'. Try OBJECT HELP.\r\n"
              "-ERR unknown command 'NONSENSE', with args beginning with: \r\n"
              "-ERR unknown command 'NONSENSE', with args beginning with: \r\n"
              "$1\r\n1\r\n"
              "-ERR wrong number of arguments for 'get' command\r\n"
              "$1\r\n1\r\n");
}

// A batch asks for the lines of its keys before its first request runs, and that may move or remove
// what the later ones want. The same requests one by one, which are never looked ahead at, in
// another database, must be answered alike.
TEST_F(Dispatcher, PrefetchingChangesNoReply)
{
    constexpr std::array<std::string_view, 7> verbs = {"GET",    "SET", "DEL",   "RENAME",
                                                       "EXISTS", "GET", "STRLEN"};
    std::mt19937 chance(7);
    std::vector<std::string> keys;
    for (int i = 0; i < 3000; ++i) keys.push_back("key:" + std::to_string(i));
    std::size_t known = 50;  // more and more keys: the tables grow within batches
    for (int round = 0; round < 300; ++round, known = std::min(known + 20, keys.size())) {
        const auto key = [&]() -> std::string_view { return keys[chance() % known]; };
        Requests requests;
        for (int i = 0; i < 64; ++i) {
            const std::string_view verb = verbs[chance() % verbs.size()];
            requests.push_back({verb, key()});
            if (verb == "SET" || verb == "RENAME") requests.back().push_back(key());
        }
        client.session.database = 0;
        const std::string together = pipeline(requests);
        client.session.database = 1;
        std::string alone;
        for (const auto& words : requests) alone += pipeline({words});
        ASSERT_EQ(together, alone) << "round " << round;
    }
}

TEST_F(Dispatcher, RepliesStandInTheOrderOfTheRequests)
{
    EXPECT_EQ(pipeline({{"SET", "a", "1"}, {"nosuch"}, {"INCR", "a"}, {"GET", "a"}, {"PING"}}),
              "+OK\r\n"
              "-ERR unknown command 'nosuch', with args beginning with: \r\n"
              ":2\r\n$1\r\n2\r\n+PONG\r\n");
}

TEST_F(Dispatcher, ServesNothingBehindTheLastWord)
{
    dispatch::Dispatcher::Progress progress{};
    EXPECT_EQ(pipeline({{"QUIT"}, {"SET", "a", "1"}}, &progress), "+OK\r\n");
    EXPECT_EQ(progress.why, Served::closing);
    EXPECT_EQ(progress.next, 1U);
    EXPECT_EQ(show("GET", "a"), "(nil)");
}

TEST_F(Dispatcher, HangsUpOnHttp)
{
    dispatch::Dispatcher::Progress progress{};
    EXPECT_EQ(pipeline({{"POST", "/", "HTTP/1.1"}, {"SET", "a", "1"}}, &progress), "");
    EXPECT_EQ(progress.why, Served::closing);
    client.session.closing = false;
    EXPECT_EQ(pipeline({{"host:", "localhost"}}, &progress), "");
    EXPECT_EQ(progress.why, Served::closing);
}

TEST_F(Dispatcher, CountsWhatRanWhatFailedAndWhatWasRefused)
{
    pipeline({{"SET", "a", "x"}, {"GET", "a"}, {"GET"}, {"INCR", "a"}, {"nosuch"}});
    EXPECT_EQ(server.counts->statistics.served.get(), 3U);
    EXPECT_EQ(statistics("get").calls.get(), 1U);
    EXPECT_EQ(statistics("get").rejected.get(), 1U);
    EXPECT_EQ(statistics("get").failed.get(), 0U);
    EXPECT_EQ(statistics("incr").calls.get(), 1U);
    EXPECT_EQ(statistics("incr").failed.get(), 1U);
    EXPECT_EQ(server.counts->statistics.error_replies.get(), 3U);
}

TEST_F(Dispatcher, CountsErrorsByTheirCodes)
{
    ASSERT_EQ(server.config.requirepass.assign("secret"), std::nullopt);
    client.session.authenticated = false;
    pipeline({{"nosuch"}, {"GET", "a"}, {"AUTH", "wrong"}, {"AUTH", "wrong"}});
    EXPECT_THAT(server.counts->statistics.errors(),
                UnorderedElementsAre(testing::Pair("ERR", 1), testing::Pair("NOAUTH", 1),
                                     testing::Pair("WRONGPASS", 2)));
}

TEST_F(Dispatcher, MeasuresLatenciesUnlessItIsTold)
{
    run("GET", "a");
    ASSERT_NE(statistics("get").nanoseconds.load(), nullptr);
    EXPECT_EQ(show("CONFIG", "SET", "latency-tracking", "no"), "OK");
    run("INCR", "a");
    EXPECT_EQ(statistics("incr").calls.get(), 1U);
    EXPECT_EQ(statistics("incr").nanoseconds.load(), nullptr);
}

TEST_F(Dispatcher, AChangedThresholdCountsAtOnce)
{
    pipeline({{"CONFIG", "SET", "slowlog-log-slower-than", "0"},
              {"PING"},
              {"CONFIG", "SET", "slowlog-log-slower-than", "-1"},
              {"PING"}});
    EXPECT_THAT(slow_commands(),
                testing::ElementsAre("PING ", "CONFIG SET slowlog-log-slower-than 0 "));
}

TEST_F(Dispatcher, ASlowCommandIsEnteredWithItsClientAndWithoutSecrets)
{
    run("CONFIG", "SET", "slowlog-log-slower-than", "0");
    run("CLIENT", "SETNAME", "me");
    server.services.slow_log.clear();
    run("CONFIG", "SET", "requirepass", "secret", "maxclients", "100");
    const auto entries = server.services.slow_log.newest(1);
    ASSERT_EQ(entries.size(), 1U);
    EXPECT_THAT(entries[0].words, testing::ElementsAre("CONFIG", "SET", "requirepass", "(redacted)",
                                                       "maxclients", "100"));
    EXPECT_EQ(entries[0].client_address, client.session.address);
    EXPECT_EQ(entries[0].client_name, "me");
    EXPECT_EQ(entries[0].unix_seconds, server.now / 1000);
}

TEST_F(Dispatcher, TheSlowLogKeepsAsManyAsItIsTold)
{
    run("CONFIG", "SET", "slowlog-max-len", "2", "slowlog-log-slower-than", "0");
    for (int i = 0; i < 5; ++i) run("PING");
    EXPECT_EQ(server.services.slow_log.size(), 2U);
    run("CONFIG", "SET", "slowlog-max-len", "0");
    run("PING");
    EXPECT_EQ(server.services.slow_log.size(), 0U);
}

// A slow command is over later than it began, and what comes after it in the batch must know.
TEST_F(Dispatcher, TimePassesWithinABatch)
{
    run("CONFIG", "SET", "slowlog-log-slower-than", "0");
    server.services.clock = [this] { return server.now += 60; };
    EXPECT_EQ(pipeline({{"SET", "a", "b", "PX", "100"}, {"GET", "a"}, {"PING"}, {"GET", "a"}}),
              "+OK\r\n$1\r\nb\r\n+PONG\r\n$-1\r\n");
}

TEST_F(Dispatcher, MonitorsSeeWhatRanButNoSecretsAndNoAdministration)
{
    TestClient watcher(server);
    watcher.run("MONITOR");
    run("SET", "a", "b");
    run("GET");
    run("CONFIG", "GET", "port");
    run("AUTH", "default", "secret");
    EXPECT_THAT(watcher.pushed,
                HasSubstr("[0 " + client.session.address + "] \"SET\" \"a\" \"b\""));
    EXPECT_THAT(watcher.pushed, HasSubstr("\"AUTH\" \"(redacted)\" \"(redacted)\""));
    EXPECT_THAT(watcher.pushed, testing::Not(HasSubstr("GET")));
}

}  // namespace
}  // namespace mini_redis::tests
