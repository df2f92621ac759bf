// Two cancellations, so many steps apart: what the first leaves half done is where the second meets
// it. A tombstone behind a tombstone, a queue that was compacted already, a line that moved up.
#include "tests/client/pubsub.hpp"
#include "tests/client/schedules.hpp"

#include <set>

namespace mini_redis::tests {
namespace {

using client::Item;
using client::Subscriber;

constexpr int apart_max = 4;

// Every plan of connections that are new and of those that are warm; not every manner.
std::vector<Plan> some_plans()
{
    std::vector<Plan> plans;
    for (const std::size_t i : {0U, 4U, 6U})
        for (const By by : {By::coroutine, By::handler})
            for (const bool warm : {false, true})
                plans.push_back({manners[i], by, false, warm, false});
    return plans;
}

// Cancels a before step k, and steps on; then has `second` done before step k + apart.
template <class Second, class Judge>
void cancel_pairs(const Second& second, const Judge& judge)
{
    for (const Plan& plan : some_plans()) {
        bool under_way = true;
        for (int k = 0; under_way; ++k) {
            for (int apart = 0; apart <= apart_max; ++apart) {
                Schedule run(plan);
                under_way = run.step(k);
                run.a().signal.emit(cancellation_type::terminal);
                run.step(apart);
                second(run);
                run.finish();
                judge(run);
                run.check_that_b_has_its_value();
                EXPECT_EQ(run.world().network.server.connections, 1);
                if (failed_at(plan, k)) return;
            }
        }
    }
}

TEST(CancelPairs, OfNeighboursCostNobodyElseTheReply)
{
    for (const bool before : {false, true})
        cancel_pairs(
            [&](Schedule& run) {
                (before ? run.x() : run.y()).signal.emit(cancellation_type::terminal);
            },
            [&](Schedule& run) {
                run.check("a", run.a(), {Errc::cancelled});
                run.check("x", run.x(),
                          before ? std::vector{Errc::cancelled} : std::vector<Errc>{});
                run.check("y", run.y(),
                          before ? std::vector<Errc>{} : std::vector{Errc::cancelled});
            });
}

// As whoever gave up does: it asks again, and is cancelled again.
TEST(CancelPairs, OfOneCallerThatAsksAgainCostNobodyTheReply)
{
    std::optional<AskedText> again;
    cancel_pairs(
        [&](Schedule& run) {
            again.emplace();
            run.world().ask(run.world().client->get("c"), *again, By::handler);
            run.step(1);
            again->signal.emit(cancellation_type::terminal);
        },
        [&](Schedule& run) {
            run.check("a", run.a(), {Errc::cancelled});
            run.check("c", *again, {Errc::cancelled});
            run.check_others();
            again.reset();
        });
}

// A subscriber whose connection can be read so many bytes at a time.
class Hearing {
public:
    Hearing(bool resp3, std::size_t read_max) : pubsub_{resp3}, world_({.read_max = read_max})
    {
        ++schedules;
        Options options;
        options.resp3 = resp3;
        options.attempts_max = 0;
        world_.network.server.answer = [this](const std::string& words) {
            note(words);
            return pubsub_.confirm(words);
        };
        subscriber_.emplace(world_.context, options, world_.network.outside());
    }

    ClientWorld& world() { return world_; }
    Subscriber& subscriber() { return *subscriber_; }
    bool step(int steps)
    {
        while (steps-- > 0)
            if (!world_.step()) return false;
        return true;
    }
    bool subscribe(const char* channel)
    {
        Asked<void> asked;
        world_.ask(subscriber_->subscribe(channel), asked);
        return world_.settle_until([&] { return asked.result.has_value(); }) && asked.ok();
    }
    void say(const char* channel, const char* text)
    {
        world_.network.say(pubsub_.message(channel, text));
    }
    std::string next()
    {
        Asked<Item> asked;
        world_.ask(subscriber_->next(), asked, By::handler);
        world_.settle();
        if (!asked.result) asked.signal.emit(cancellation_type::terminal);
        world_.settle();
        return asked.ok() ? in_short(**asked.result) : "nothing";
    }
    // What the server has this connection subscribed to.
    const std::set<std::string>& channels() const { return channels_; }
    void forget() { channels_.clear(); }

private:
    void note(const std::string& words)
    {
        const auto all = words.find(' ');
        if (!lowered(words).starts_with("subscribe")) return;
        for (std::size_t at = all; at != words.npos;) {
            const auto end = words.find(' ', at + 1);
            channels_.insert(words.substr(at + 1, end - at - 1));
            at = end;
        }
    }

    PubSub pubsub_;
    std::set<std::string> channels_;
    ClientWorld world_;
    std::optional<Subscriber> subscriber_;
};

// For both dialects, and for bytes that come one at a time, a few, and all at once.
template <class Run>
void of_a_subscriber(const Run& run)
{
    for (const bool resp3 : {false, true})
        for (const std::size_t read_max : {1U, 5U, 1000U})
            for (int apart = 0; apart <= apart_max; ++apart) {
                bool under_way = true;
                for (int k = 0; under_way; ++k) {
                    Hearing hearing(resp3, read_max);
                    under_way = run(hearing, k, apart);
                    if (!testing::Test::HasFailure()) continue;
                    ADD_FAILURE() << "at step " << k << " and " << apart << " later, reads of "
                                  << read_max;
                    return;
                }
            }
}

TEST(CancelPairs, OfNextTakeEachMessageOnce)
{
    of_a_subscriber([](Hearing& hearing, int k, int apart) {
        EXPECT_TRUE(hearing.subscribe("a"));
        for (const char* text : {"1", "2", "3"}) hearing.say("a", text);
        Asked<Item> first, second;
        hearing.world().ask(hearing.subscriber().next(), first, By::handler);
        const bool under_way = hearing.step(k);
        first.signal.emit(cancellation_type::terminal);
        hearing.world().ask(hearing.subscriber().next(), second, By::handler);
        hearing.step(apart);
        second.signal.emit(cancellation_type::terminal);
        hearing.world().settle();
        std::string heard;
        for (Asked<Item>* const asked : {&first, &second}) {
            EXPECT_TRUE(asked->result);
            if (asked->ok()) heard += in_short(**asked->result) + ";";
        }
        for (std::string item; (item = hearing.next()) != "nothing";) heard += item + ";";
        EXPECT_EQ(heard, "a: 1;a: 2;a: 3;");
        return under_way;
    });
}

// Whoever was cancelled may be subscribed or not; but the client and the server are of one mind, so
// that a new connection is subscribed to the same.
TEST(CancelPairs, OfSubscribeLeaveBothEndsOfOneMind)
{
    of_a_subscriber([](Hearing& hearing, int k, int apart) {
        Asked<void> first, second;
        hearing.world().ask(hearing.subscriber().subscribe("a"), first, By::handler);
        hearing.world().ask(hearing.subscriber().subscribe("b", "c"), second, By::handler);
        const bool under_way = hearing.step(k);
        first.signal.emit(cancellation_type::terminal);
        hearing.step(apart);
        second.signal.emit(cancellation_type::terminal);
        hearing.world().settle();
        EXPECT_TRUE(first.result && second.result);
        EXPECT_TRUE(hearing.subscribe("d"));
        const auto before = hearing.channels();
        for (const auto& channel : before) hearing.say(channel.c_str(), "1");
        for (const auto& channel : before) EXPECT_EQ(hearing.next(), channel + ": 1");
        hearing.forget();
        hearing.world().network.hang_up();
        EXPECT_TRUE(hearing.world().settle_until([&] { return hearing.channels().contains("d"); }));
        hearing.world().settle();
        EXPECT_EQ(hearing.channels(), before);
        return under_way;
    });
}

}  // namespace
}  // namespace mini_redis::tests
