// CLIENT TRACKING: who has read a key is told once when it changes, whoever changes it.
#include "tests/support/command_fixture.hpp"

namespace mini_redis::tests {
namespace {

std::string invalidated(std::vector<std::string_view> keys)
{
    protocol::Buffer bytes;
    protocol::Writer out(bytes, protocol::Dialect::resp3);
    out.push(2);
    out.bulk("invalidate");
    out.array(keys.size());
    for (const std::string_view key : keys) out.bulk(key);
    return std::string(bytes.view());
}

class Tracked : public CommandFixture {
protected:
    Tracked() { client.run("HELLO", "3"); }

    std::string told() { return std::exchange(client.pushed, {}); }
    dispatch::Tracking::Totals totals() { return server.services.tracking.totals(); }

    TestClient other{server};
};

TEST_F(Tracked, KeysAreToldOfOnceUntilTheyAreReadAgain)
{
    run("CLIENT", "TRACKING", "ON");
    run("MGET", "a", "b");
    EXPECT_EQ(totals().keys, 2U);
    other.run("SET", "a", "1");
    EXPECT_EQ(told(), invalidated({"a"}));
    other.run("SET", "a", "2");
    EXPECT_EQ(told(), "");
    run("GET", "a");
    advance(1);
    other.run("PEXPIRE", "a", "10");
    EXPECT_EQ(told(), invalidated({"a"}));
    run("GET", "a");
    advance(11);
    other.run("GET", "a");
    EXPECT_EQ(told(), invalidated({"a"})) << "its time has passed";
    EXPECT_EQ(totals().keys, 1U);
    EXPECT_EQ(totals().items, 1U);
}

TEST_F(Tracked, TheTableIsBounded)
{
    run("CONFIG", "SET", "tracking-table-max-keys", "2000");
    run("CLIENT", "TRACKING", "ON");
    std::size_t told_of = 0;
    for (int i = 0; i < 10'000; ++i) run("GET", "key:" + std::to_string(i));
    const std::string all = told();
    for (std::size_t at = all.find("invalidate"); at != std::string::npos;
         at = all.find("invalidate", at + 1))
        ++told_of;
    EXPECT_EQ(totals().keys + told_of, 10'000U) << "remembered, or told of";
    EXPECT_LE(totals().keys, 2000U + keyspace::shard_count);
}

TEST_F(Tracked, ARedirectionThatBreaksIsToldOf)
{
    {
        TestClient listener(server);
        run("CLIENT", "TRACKING", "ON", "REDIRECT", std::to_string(listener.session.id));
        run("GET", "a");
        listener.run("SUBSCRIBE", "__redis__:invalidate");
        other.run("SET", "a", "1");
        EXPECT_NE(listener.pushed.find("__redis__:invalidate\r\n*1\r\n"), std::string::npos);
        EXPECT_EQ(told(), "");
        run("GET", "a");
    }
    other.run("SET", "a", "1");
    EXPECT_NE(told().find("tracking-redir-broken"), std::string::npos);
    EXPECT_NE(run("CLIENT", "INFO").text.find("flags=tR "), std::string::npos);
}

TEST_F(Tracked, BroadcastsGatherWhatABatchHasChanged)
{
    run("CLIENT", "TRACKING", "ON", "BCAST", "PREFIX", "user:");
    EXPECT_EQ(totals().prefixes, 1U);
    other.run("MSET", "user:2", "x", "item:1", "x", "user:1", "x");
    EXPECT_EQ(told(), invalidated({"user:1", "user:2"}));
    other.session.closing = true;
    other.run("DEL", "user:1");
    EXPECT_EQ(told(), invalidated({"user:1"})) << "however the batch ends";
    other.session.closing = false;
    run("CLIENT", "TRACKING", "OFF");
    other.run("SET", "user:1", "x");
    EXPECT_EQ(told(), "");
    EXPECT_EQ(totals().prefixes, 0U);
    EXPECT_EQ(totals().clients, 0U);
}

}  // namespace
}  // namespace mini_redis::tests
