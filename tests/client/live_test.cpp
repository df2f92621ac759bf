// The client with real servers, in both dialects: redis-server, and ours. What a server does not
// have yet is not asked of it.
#include "client/blocking_client.hpp"
#include "client/blocking_listener.hpp"
#include "client/watch.hpp"
#include "tests/support/server_process.hpp"

#include <atomic>
#include <map>
#include <memory>
#include <ostream>
#include <set>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace mini_redis::tests {
namespace {

using namespace std::chrono_literals;
namespace asio = client::asio;
using client::awaitable;
using client::BlockingClient;
using client::BlockingListener;
using client::BlockingSubscriber;
using client::Client;
using client::Errc;
using client::Options;

struct Kind {
    const char* name;
    const char* binary;
    bool resp3;

    friend std::ostream& operator<<(std::ostream& out, const Kind& kind)
    {
        return out << kind.name;
    }
};

// One server for all tests of a kind; each test has its keys to itself.
class Live : public testing::TestWithParam<Kind> {
protected:
    Live() { blocking.exec("FLUSHALL").value(); }

    static ServerProcess& server(const char* binary)
    {
        static std::map<std::string, std::unique_ptr<ServerProcess>> servers;
        auto& server = servers[binary];
        if (!server)
            server = std::make_unique<ServerProcess>(binary,
                                                     Words{"--save", "", "--loglevel", "warning"});
        return *server;
    }
    static Options options()
    {
        Options options;
        options.address.port = server(GetParam().binary).port();
        options.resp3 = GetParam().resp3;
        return options;
    }
    bool knows(const char* command)
    {
        const auto info = blocking.exec("COMMAND", "INFO", command);
        return info && !info->children.empty() && !info->children[0].is_null();
    }
    // Runs tasks until all have ended.
    template <class... Tasks>
    void run(Tasks... tasks)
    {
        std::size_t left = sizeof...(tasks);
        (spawn(std::move(tasks), left), ...);
        while (left != 0) context.run_one();
    }
    void spawn(awaitable<void> task, std::size_t& left)
    {
        asio::co_spawn(context, std::move(task), [&left](const std::exception_ptr& fault) {
            --left;
            if (fault) std::rethrow_exception(fault);
        });
    }

    BlockingClient blocking{options()};
    asio::io_context context{1};
};

TEST_P(Live, SpeaksTheDialectAskedFor)
{
    ASSERT_TRUE(blocking.connect());
    EXPECT_EQ(blocking.dialect(),
              GetParam().resp3 ? protocol::Dialect::resp3 : protocol::Dialect::resp2);
}

TEST_P(Live, HasTheCommonCommands)
{
    auto& c = blocking;
    EXPECT_EQ(c.ping().value(), "PONG");
    EXPECT_EQ(c.echo("a\r\nb").value(), "a\r\nb");
    EXPECT_EQ(c.get("k").value(), std::nullopt);
    EXPECT_TRUE(c.set("k", "v").value());
    EXPECT_EQ(c.get("k").value(), "v");
    EXPECT_FALSE(c.set("k", "w", {.condition = client::SetOptions::If::absent}).value());
    EXPECT_TRUE(
        c.set("k", "w", {.expiry = 10s, .condition = client::SetOptions::If::present}).value());
    EXPECT_EQ(c.ttl("k").value(), 10);
    EXPECT_TRUE(c.expire("k", 100s).value());
    EXPECT_GT(c.pttl("k").value(), 10'000);
    EXPECT_TRUE(c.persist("k").value());
    EXPECT_EQ(c.ttl("k").value(), -1);
    EXPECT_EQ(c.ttl("none").value(), -2);
    EXPECT_EQ(c.incr("n").value(), 1);
    EXPECT_EQ(c.incrby("n", 41).value(), 42);
    EXPECT_EQ(c.decr("n").value(), 41);
    EXPECT_EQ(c.append("k", "x").value(), 2);
    EXPECT_TRUE(c.mset("a", "1", "b", 2));
    using Maybes = std::vector<std::optional<std::string>>;
    EXPECT_EQ(c.mget("a", "none", "b").value(), (Maybes{"1", std::nullopt, "2"}));
    EXPECT_EQ(c.mget(std::vector<std::string>{"a", "b"}).value(), (Maybes{"1", "2"}));
    EXPECT_EQ(c.exists("a", "b", "none").value(), 2);
    EXPECT_EQ(c.del("a", "b", "none").value(), 2);
}

TEST_P(Live, HasTheCommandsOfHashesListsAndSets)
{
    if (!knows("HSET")) GTEST_SKIP();
    auto& c = blocking;
    EXPECT_EQ(c.hset("h", "f", "1", "g", 2).value(), 2);
    EXPECT_EQ(c.hget("h", "f").value(), "1");
    EXPECT_EQ(c.hgetall("h").value(), (client::Pairs{{"f", "1"}, {"g", "2"}}));
    EXPECT_EQ(c.hincrby("h", "g", 3).value(), 5);
    EXPECT_EQ(c.hdel("h", "f").value(), 1);
    if (!knows("RPUSH")) GTEST_SKIP();
    EXPECT_EQ(c.rpush("l", "a", "b").value(), 2);
    EXPECT_EQ(c.lpush("l", "c").value(), 3);
    EXPECT_EQ(c.lrange("l", 0, -1).value(), (client::Strings{"c", "a", "b"}));
    EXPECT_EQ(c.lpop("l").value(), "c");
    EXPECT_EQ(c.llen("l").value(), 2);
    if (!knows("SADD")) GTEST_SKIP();
    EXPECT_EQ(c.sadd("s", "a", "b").value(), 2);
    EXPECT_TRUE(c.sismember("s", "a").value());
    EXPECT_EQ(c.smembers("s").value().size(), 2U);
    if (!knows("ZSCORE")) GTEST_SKIP();
    EXPECT_TRUE(c.exec("ZADD", "z", "1.5", "a"));
    EXPECT_EQ(c.zscore("z", "a").value(), 1.5);
    EXPECT_EQ(c.zscore("z", "none").value(), std::nullopt);
}

TEST_P(Live, ReturnsTheErrorsOfTheServerAsValues)
{
    const auto error = blocking.exec("GET").error();
    EXPECT_EQ(error.code, Errc::server);
    EXPECT_EQ(error.text, "ERR wrong number of arguments for 'get' command");
    blocking.set("k", "text");
    EXPECT_EQ(blocking.incr("k").error().text, "ERR value is not an integer or out of range");
    EXPECT_EQ(blocking.get("k").value(), "text");
}

awaitable<void> count_up(Client* client, std::set<std::int64_t>* seen, int times)
{
    while (times-- > 0) {
        const auto number = co_await client->incr("counter");
        EXPECT_TRUE(seen->insert(number.value()).second);
    }
}

TEST_P(Live, IsSharedByManyCoroutines)
{
    Client shared(context, options());
    std::set<std::int64_t> seen;
    std::size_t left = 200;
    for (int i = 0; i < 200; ++i) spawn(count_up(&shared, &seen, 50), left);
    while (left != 0) context.run_one();
    EXPECT_EQ(seen.size(), 10'000U);
    EXPECT_EQ(*seen.rbegin(), 10'000);
}

awaitable<void> set_and_get(Client* client, std::string key, std::size_t bytes)
{
    const std::string value(bytes, key[0]);
    const auto set = co_await client->set(key, value);
    EXPECT_TRUE(set.value());
    const auto got = co_await client->get(key);
    EXPECT_TRUE(got.value() == value);
}

TEST_P(Live, CarriesLargeValuesBothWaysAtOnce)
{
    Options small = options();
    small.queue_bytes_max = 1 << 20;
    Client shared(context, small);
    run(set_and_get(&shared, "a", 5'000'000), set_and_get(&shared, "b", 3'000'000),
        set_and_get(&shared, "c", 100), set_and_get(&shared, "d", 4'000'000));
}

TEST_P(Live, ConnectsAgainAfterItWasKilled)
{
    EXPECT_TRUE(blocking.set("k", "v"));
    BlockingClient killer(options());
    killer.exec("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes").value();
    auto got = blocking.get("k");
    if (!got) {  // the killer was answered first, and the request met the end of its connection
        EXPECT_EQ(got.error().code, Errc::connection_lost);
        got = blocking.get("k");
    }
    EXPECT_EQ(got.value(), "v");
}

TEST_P(Live, KnowsWhichDatabaseAndWhatName)
{
    Options other = options();
    other.database = 5;
    other.client_name = "tester";
    BlockingClient named(other);
    named.set("k", "five");
    EXPECT_EQ(blocking.get("k").value(), std::nullopt);
    EXPECT_EQ(named.exec("CLIENT", "GETNAME").value().text, "tester");
    named.disconnect();
    EXPECT_EQ(named.get("k").value(), "five");
}

TEST_P(Live, ConnectsByUnixSocketAndWithAPassword)
{
    ServerProcess guarded(GetParam().binary, {"--requirepass", "p@ss", "--save", ""});
    const std::string protocol = GetParam().resp3 ? "3" : "2";
    BlockingClient inside("unix://:p%40ss@" + guarded.unix_socket() + "?db=2&protocol=" + protocol);
    EXPECT_EQ(inside.ping().value(), "PONG");
    const std::string address = "127.0.0.1:" + std::to_string(guarded.port());
    BlockingClient user("redis://default:p%40ss@" + address + "?protocol=" + protocol);
    EXPECT_EQ(user.ping().value(), "PONG");
    BlockingClient wrong("redis://:wrong@" + address + "?protocol=" + protocol);
    EXPECT_EQ(wrong.connect().error().code, Errc::unreachable);
    EXPECT_NE(wrong.connect().error().text.find("WRONGPASS"), std::string::npos);
    BlockingClient outside("redis://" + address + "?protocol=" + protocol);
    EXPECT_EQ(outside.get("k").error().text.substr(0, 6), GetParam().resp3 ? "the se" : "NOAUTH");
}

TEST_P(Live, TellsWhyItCannotConnect)
{
    Options nobody = options();
    nobody.address.port = 1;
    nobody.attempts_max = 1;
    EXPECT_EQ(BlockingClient(nobody).connect().error().text,
              "cannot connect to 127.0.0.1:1: Connection refused");
    nobody.address.unix_path = "/nowhere";
    EXPECT_EQ(BlockingClient(nobody).connect().error().text,
              "cannot connect to /nowhere: No such file or directory");
    nobody.address = {.tls = true};
    EXPECT_NE(BlockingClient(nobody).connect().error().text.find("not supported"),
              std::string::npos);
}

TEST_P(Live, IsInterruptedFromAnotherThread)
{
    BlockingListener silent(options());
    silent.send("PING");
    EXPECT_EQ(to_text(silent.next()->value), "PONG");
    std::atomic<bool> over = false;
    std::thread other([&] {
        while (!over) {
            silent.interrupt();
            std::this_thread::yield();
        }
    });
    EXPECT_EQ(silent.next(20s).error().code, Errc::interrupted);
    over = true;
    other.join();
    silent.send("PING");
    EXPECT_EQ(to_text(silent.next()->value), "PONG");
    EXPECT_EQ(silent.next(1ms).error().code, Errc::timed_out);
}

TEST_P(Live, ListensToWhatTheServerSays)
{
    if (!knows("MONITOR")) GTEST_SKIP();
    BlockingListener monitor(options());
    monitor.send("MONITOR");
    EXPECT_EQ(to_text(monitor.next()->value), "OK");
    blocking.get("watched");
    EXPECT_NE(to_text(monitor.next()->value).find("\"GET\" \"watched\""), std::string::npos);
}

TEST_P(Live, ExecutesTransactionsAsOneOrNotAtAll)
{
    if (!knows("MULTI")) GTEST_SKIP();
    client::Transaction transaction;
    transaction.incr("n");
    transaction.exec("GET");
    EXPECT_EQ(blocking.exec(transaction).error().text,
              "ERR wrong number of arguments for 'get' command");
    EXPECT_EQ(blocking.get("n").value(), std::nullopt);
    client::Transaction good;
    good.incr("n");
    good.set("k", "v");
    const auto outcome = blocking.exec(good);
    EXPECT_TRUE(outcome->executed);
    EXPECT_EQ(outcome->replies[0]->integer, 1);
}

awaitable<void> buy(Client* client, bool disturbed)
{
    client::Watch watch = client->watch();
    const auto watched = co_await watch.keys("stock");
    EXPECT_TRUE(watched);
    const auto stock = co_await watch.get("stock");
    EXPECT_EQ(stock.value(), "1");
    if (disturbed) co_await client->incr("stock");
    client::Transaction transaction;
    transaction.decr("stock");
    const auto outcome = co_await watch.exec(transaction);
    EXPECT_EQ(outcome.value().executed, !disturbed);
}

TEST_P(Live, WatchesKeysOnAConnectionOfItsOwn)
{
    if (!knows("WATCH")) GTEST_SKIP();
    Client shared(context, options());
    for (const bool disturbed : {true, false}) {
        blocking.set("stock", "1");
        run(buy(&shared, disturbed));
    }
    EXPECT_EQ(blocking.get("stock").value(), "0");
}

TEST_P(Live, SubscribesAndHears)
{
    if (!knows("SUBSCRIBE")) GTEST_SKIP();
    BlockingSubscriber subscriber(options());
    ASSERT_TRUE(subscriber.subscribe("news", "sport"));
    ASSERT_TRUE(subscriber.psubscribe("w*"));
    EXPECT_EQ(blocking.publish("news", "1").value(), 1);
    EXPECT_EQ(blocking.publish("weather", "2").value(), 1);
    EXPECT_EQ(subscriber.next(20s).value(), (client::Item{{}, "news", "", "1"}));
    EXPECT_EQ(subscriber.next(20s).value(), (client::Item{{}, "weather", "w*", "2"}));
    ASSERT_TRUE(subscriber.unsubscribe("news"));
    EXPECT_EQ(blocking.publish("news", "3").value(), 0);
    // The server ends the connection, and after a gap the sequence goes on.
    blocking.exec("CLIENT", "KILL", "TYPE", "pubsub").value();
    EXPECT_EQ(subscriber.next(20s)->kind, client::Item::Kind::gap);
    while (blocking.publish("sport", "4").value() == 0) subscriber.next(1ms);
    EXPECT_EQ(subscriber.next(20s)->text, "4");
}

INSTANTIATE_TEST_SUITE_P(Servers, Live,
                         testing::Values(Kind{"RedisResp2", REDIS_SERVER, false},
                                         Kind{"RedisResp3", REDIS_SERVER, true},
                                         Kind{"OursResp2", MINI_REDIS_SERVER, false},
                                         Kind{"OursResp3", MINI_REDIS_SERVER, true}),
                         [](const auto& instance) { return std::string(instance.param.name); });

}  // namespace
}  // namespace mini_redis::tests
