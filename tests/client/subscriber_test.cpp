// A subscriber stepped by hand: the sequence, and where there is a gap in it.
#include "client/subscriber.hpp"

#include "tests/client/pubsub.hpp"
#include "tests/client/world.hpp"

#include <vector>

namespace mini_redis::tests {
namespace {

using namespace std::chrono_literals;
using client::Item;
using client::Overflow;
using client::Subscriber;

class Subscribed : public testing::TestWithParam<bool> {
protected:
    explicit Subscribed(Options options = {})
    {
        options_ = std::move(options);
        options_.resp3 = GetParam();
        options_.attempts_max = 0;
        world.network.server.answer = [this](const std::string& words) {
            return pubsub.confirm(words);
        };
        make();
    }
    void make() { subscriber.emplace(world.context, options_, world.network.outside()); }

    std::string array(const std::vector<std::string>& parts) const { return pubsub.array(parts); }
    std::string message(const std::string& channel, const std::string& text) const
    {
        return pubsub.message(channel, text);
    }

    bool confirmed(Operation<void> operation)
    {
        Asked<void> asked;
        world.ask(std::move(operation), asked);
        world.settle_until([&] { return asked.result.has_value(); });
        return asked.ok();
    }
    // The next one that is there already, in short.
    std::string next()
    {
        Asked<Item> asked;
        world.ask(subscriber->next(), asked);
        world.settle();
        if (!asked.result) asked.signal.emit(asio::cancellation_type::terminal);
        world.settle();
        if (!asked.ok()) return asked.error() == Errc::cancelled ? "nothing" : asked.text();
        return in_short(**asked.result);
    }

    PubSub pubsub{GetParam()};
    ClientWorld world;
    Options options_;
    std::optional<Subscriber> subscriber;
};

TEST_P(Subscribed, HearsTheMessagesOfItsChannelsInOrder)
{
    ASSERT_TRUE(confirmed(subscriber->subscribe("a", "b")));
    world.network.say(message("a", "1") + message("b", "2") + message("a", ""));
    EXPECT_EQ(next(), "a: 1");
    EXPECT_EQ(next(), "b: 2");
    EXPECT_EQ(next(), "a: ");
    EXPECT_EQ(next(), "nothing");
    EXPECT_EQ(world.network.server.executed["subscribe a b"], 1);
}

TEST_P(Subscribed, HearsByPatternsAndShardsToo)
{
    ASSERT_TRUE(confirmed(subscriber->psubscribe("a*")));
    ASSERT_TRUE(confirmed(subscriber->ssubscribe("s")));
    world.network.say(array({"pmessage", "a*", "ab", "1"}) + array({"smessage", "s", "2"}));
    EXPECT_EQ(next(), "ab by a*: 1");
    EXPECT_EQ(next(), "s: 2");
}

TEST_P(Subscribed, SubscribesAgainAndSaysThatThereIsAGap)
{
    ASSERT_TRUE(confirmed(subscriber->subscribe("a", "b")));
    ASSERT_TRUE(confirmed(subscriber->psubscribe("p*")));
    ASSERT_TRUE(confirmed(subscriber->unsubscribe("b")));
    world.network.say(message("a", "1"));
    world.network.hang_up();
    ASSERT_TRUE(world.settle_until([&] { return world.network.server.connections == 2; }));
    world.settle();
    EXPECT_EQ(world.network.server.executed["subscribe a"], 1);
    EXPECT_EQ(world.network.server.executed["psubscribe p*"], 2);
    world.network.say(message("a", "2"));
    EXPECT_EQ(next(), "a: 1");
    EXPECT_EQ(next(), "gap: connection lost (closed by the server)");
    EXPECT_EQ(next(), "a: 2");
}

TEST_P(Subscribed, SaysOnceThatThereIsAGapHoweverOftenItFails)
{
    ASSERT_TRUE(confirmed(subscriber->subscribe("a")));
    for (int i = 2; i < 5; ++i) {
        world.network.hang_up();
        ASSERT_TRUE(world.settle_until([&] { return world.network.server.connections == i; }));
        world.settle();
    }
    world.network.say(message("a", "1"));
    EXPECT_EQ(next(), "gap: connection lost (closed by the server)");
    EXPECT_EQ(next(), "a: 1");
}

TEST_P(Subscribed, IsToldWhenTheServerRefuses)
{
    world.network.server.answer = [](const std::string& words) {
        return words.starts_with("subscribe") ? "-NOPERM no\r\n" : "";
    };
    Asked<void> asked;
    world.ask(subscriber->subscribe("a"), asked);
    world.settle();
    EXPECT_EQ(asked.error(), Errc::server);
    EXPECT_EQ(asked.text(), "NOPERM no");
}

TEST_P(Subscribed, IsToldWhenWhatItHadIsRefusedLater)
{
    ASSERT_TRUE(confirmed(subscriber->subscribe("a")));
    world.network.server.answer = [](const std::string& words) {
        return words.starts_with("subscribe") ? "-NOPERM no\r\n" : "";
    };
    world.network.hang_up();
    world.settle_until([&] { return world.network.server.connections == 2; });
    world.settle();
    EXPECT_EQ(next(),
              "gap: connection lost (closed by the server); not subscribed to any more: NOPERM no");
}

TEST_P(Subscribed, AsksAgainForWhatWasNotConfirmed)
{
    Asked<void> asked;
    ASSERT_TRUE(confirmed(subscriber->subscribe("b")));
    ASSERT_TRUE(confirmed(subscriber->unsubscribe("b")));
    world.network.server.silent = true;
    world.ask(subscriber->subscribe("a"), asked);
    world.settle();
    EXPECT_EQ(world.network.server.executed["subscribe a"], 1);
    world.network.server.silent = false;
    world.network.hang_up();
    EXPECT_TRUE(world.settle_until([&] { return asked.result.has_value(); }));
    EXPECT_TRUE(asked.ok());
    EXPECT_EQ(world.network.server.executed["subscribe a"], 2);
    EXPECT_EQ(next(), "nothing") << "nothing was missed that was subscribed to";
}

TEST_P(Subscribed, StopsReadingWhenNobodyTakesTheMessages)
{
    options_.messages_bytes_max = 100;
    make();
    ASSERT_TRUE(confirmed(subscriber->subscribe("a")));
    std::string all;
    for (int i = 0; i < 2000; ++i) all += message("a", std::to_string(i) + std::string(100, '.'));
    world.network.say(all);
    world.settle();
    EXPECT_GT(world.network.server.outgoing.size(), all.size() / 2);
    for (int i = 0; i < 2000; ++i)
        ASSERT_EQ(next(), "a: " + std::to_string(i) + std::string(100, '.'));
    EXPECT_EQ(next(), "nothing");
}

TEST_P(Subscribed, DropsTheNewestAndSaysSoIfToldTo)
{
    options_.messages_bytes_max = 2 * message("a", "1").size();
    options_.overflow = Overflow::drop;
    make();
    ASSERT_TRUE(confirmed(subscriber->subscribe("a")));
    for (const char* text : {"1", "2", "3", "4", "5"}) world.network.say(message("a", text));
    world.settle();
    EXPECT_EQ(next(), "a: 1");
    world.network.say(message("a", "6"));
    EXPECT_EQ(next(), "a: 2");
    EXPECT_EQ(next(), "gap: 3 not taken in time and dropped");
    EXPECT_EQ(next(), "a: 6");
    EXPECT_EQ(next(), "nothing");
}

TEST_P(Subscribed, MayWaitForSoLong)
{
    ASSERT_TRUE(confirmed(subscriber->subscribe("a")));
    Asked<Item> asked;
    world.ask(subscriber->next().timeout(1s), asked);
    world.settle();
    world.network.advance(1s);
    world.settle();
    EXPECT_EQ(asked.error(), Errc::timed_out);
    world.network.say(message("a", "1"));
    EXPECT_EQ(next(), "a: 1");
}

TEST_P(Subscribed, TellsWhoWaitsWhenItIsDestroyed)
{
    ASSERT_TRUE(confirmed(subscriber->subscribe("a")));
    Asked<Item> asked;
    world.ask(subscriber->next(), asked);
    world.settle();
    subscriber.reset();
    world.settle();
    EXPECT_EQ(asked.error(), Errc::closed);
}

// Whoever waits is cancelled before step k, for every k: each message is taken exactly once.
TEST_P(Subscribed, LosesNothingWhereverNextIsCancelled)
{
    const std::string said = message("a", "1") + message("a", "2");
    for (const std::size_t read_max : {1U, 5U, 1000U})
        for (const By by : {By::coroutine, By::handler})
            for (const bool early :
                 {false, true}) {  // whether all is there before next() is called
                bool under_way = true;
                for (int k = 0; under_way && !HasFailure(); ++k) {
                    world.network.manner.read_max = read_max;
                    make();
                    ASSERT_TRUE(confirmed(subscriber->subscribe("a")));
                    if (early) world.network.say(said);
                    if (early) world.settle();
                    Asked<Item> first;
                    world.ask(subscriber->next(), first, by);
                    if (!early) world.network.say(said);
                    for (int i = 0; i < k && under_way; ++i) under_way = world.step();
                    first.signal.emit(asio::cancellation_type::terminal);
                    world.settle();
                    ASSERT_TRUE(first.result);
                    EXPECT_EQ(first.ok() ? "a: " + (**first.result).text : next(), "a: 1");
                    EXPECT_EQ(next(), "a: 2");
                    EXPECT_EQ(next(), "nothing");
                }
            }
}

// A read or write fails at every k: whatever is missing, there is a gap in its place.
TEST_P(Subscribed, IsNeverSilentAboutAGapWhereverItFails)
{
    for (int k = 0;; ++k) {
        make();
        world.network.manner = {.read_max = 3, .fails_at = -1};
        ASSERT_TRUE(confirmed(subscriber->subscribe("a")));
        world.network.tries = 0;
        world.network.manner.fails_at = k;
        std::string heard;
        for (const char* text : {"1", "2", "3"}) {
            world.network.say(message("a", text));
            world.settle();
        }
        const bool failed = world.network.tries > k;
        world.network.advance(10s);
        world.settle();
        world.network.manner.fails_at = -1;
        world.network.say(message("a", "end"));
        for (std::string item; (item = next()) != "a: end";) {
            ASSERT_NE(item, "nothing") << k;
            heard += item.substr(0, 4);
        }
        EXPECT_EQ(heard == "a: 1a: 2a: 3", !failed) << heard << " at " << k;
        EXPECT_EQ(heard.find("gap") != heard.npos, failed) << heard << " at " << k;
        if (!failed) break;
    }
}

INSTANTIATE_TEST_SUITE_P(Dialects, Subscribed, testing::Bool(),
                         [](const auto& instance) { return instance.param ? "RESP3" : "RESP2"; });

}  // namespace
}  // namespace mini_redis::tests
