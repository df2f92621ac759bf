// The hub: whoever was counted receives the message, once, in the order of publishing; nobody else.
#include "server/pubsub/hub.hpp"

#include "tests/support/repeat.hpp"

#include <algorithm>
#include <atomic>
#include <deque>
#include <map>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace mini_redis::tests {
namespace {

using pubsub::Branch;
using pubsub::Hub;
using pubsub::Kind;
using pubsub::SharedMessage;
using pubsub::Subscriptions;

class Client final : public pubsub::Subscriber {
public:
    explicit Client(Branch& branch) : subscriptions(*this, branch) {}

    void take(std::string_view head, const SharedMessage& message) noexcept override
    {
        received.push_back(std::string(head) + message->body());
    }

    std::vector<std::string> received;
    Subscriptions subscriptions;
};

std::string bulk(std::string_view text)
{
    return "$" + std::to_string(text.size()) + "\r\n" + std::string(text) + "\r\n";
}

std::string as_message(std::string_view channel, std::string_view payload)
{
    return "*3\r\n" + bulk("message") + bulk(channel) + bulk(payload);
}

std::string as_pattern_message(std::string_view pattern, std::string_view channel,
                               std::string_view payload)
{
    return "*4\r\n" + bulk("pmessage") + bulk(pattern) + bulk(channel) + bulk(payload);
}

TEST(Hub, EncodesAMessageAsItsSubscribersReadIt)
{
    Hub hub;
    Branch& branch = hub.add_branch();
    int woken = 0;
    branch.on_mail([&] { ++woken; });
    Client client(branch);
    EXPECT_EQ(hub.publish(Kind::channel, "a", "nobody listens"), 0U);
    hub.subscribe(client.subscriptions, Kind::channel, "a");
    hub.subscribe(client.subscriptions, Kind::pattern, "*");
    hub.subscribe(client.subscriptions, Kind::shard_channel, "a");
    EXPECT_EQ(hub.publish(Kind::channel, "a", "x\r\n"), 2U);
    EXPECT_EQ(hub.publish(Kind::channel, "b", ""), 1U);
    EXPECT_EQ(hub.publish(Kind::shard_channel, "a", "y"), 1U);
    EXPECT_EQ(woken, 1);
    EXPECT_TRUE(client.received.empty());
    EXPECT_GT(hub.waiting_bytes_max(), 0U);
    branch.deliver();
    EXPECT_EQ(hub.waiting_bytes_max(), 0U);
    EXPECT_EQ(client.received,
              (std::vector{as_message("a", "x\r\n"), as_pattern_message("*", "a", "x\r\n"),
                           as_pattern_message("*", "b", ""),
                           "*3\r\n" + bulk("smessage") + bulk("a") + bulk("y")}));
    EXPECT_EQ(hub.publish(Kind::channel, "a", "z"), 2U);
    EXPECT_EQ(woken, 2);
    hub.leave(client.subscriptions);
    EXPECT_EQ(client.received.size(), 6U) << "what was published before is received";
    EXPECT_TRUE(client.subscriptions.empty());
    for (const Kind kind : {Kind::channel, Kind::pattern, Kind::shard_channel})
        EXPECT_EQ(hub.count(kind), 0U);
}

// Random clients on three threads' branches, against a model that knows what each is to receive.
class Crowd {
public:
    explicit Crowd(unsigned seed) : chance_(seed)
    {
        for (int i = 0; i < 3; ++i) hub_.add_branch().on_mail([] {});
        for (std::size_t i = 0; i < 7; ++i) clients_.emplace_back(branch_of(i));
    }

    void step()
    {
        const std::size_t number = roll(clients_.size());
        Client& client = clients_[number];
        const auto kind = static_cast<Kind>(roll(pubsub::kind_count));
        const std::string name = kind == Kind::pattern ? patterns_[roll(3)] : names_[roll(3)];
        auto& mine = listening_[number];
        switch (roll(8)) {
            case 0:
            case 1:
                EXPECT_EQ(hub_.subscribe(client.subscriptions, kind, name),
                          mine.emplace(kind, name).second);
                break;
            case 2:
                EXPECT_EQ(hub_.unsubscribe(client.subscriptions, kind, name),
                          mine.erase({kind, name}) == 1);
                break;
            case 3:
                if (roll(10) == 0) {
                    hub_.leave(client.subscriptions);
                    mine.clear();
                }
                break;
            case 4:
                branch_of(number).deliver();
                break;
            default:
                publish();
        }
    }

    void check()
    {
        for (std::size_t i = 0; i < clients_.size(); ++i) {
            branch_of(i).deliver();
            // To which of several patterns a message is told first is left open.
            EXPECT_EQ(sorted_by_message(clients_[i].received), sorted_by_message(expected_[i]));
        }
        for (const std::string& name : names_)
            EXPECT_EQ(hub_.subscribers(Kind::channel, name), listeners(Kind::channel, name));
        for (const Kind kind : {Kind::channel, Kind::pattern, Kind::shard_channel}) {
            const auto names = hub_.names(kind);
            for (const std::string& name : names) EXPECT_GT(listeners(kind, name), 0U);
            EXPECT_EQ(hub_.count(kind), names.size());
        }
    }

private:
    std::size_t roll(std::size_t sides) { return chance_() % sides; }
    Branch& branch_of(std::size_t client) { return hub_.branch(client % 3); }

    std::size_t listeners(Kind kind, const std::string& name) const
    {
        return static_cast<std::size_t>(std::ranges::count_if(
            listening_, [&](const auto& mine) { return mine.contains({kind, name}); }));
    }

    void publish()
    {
        const Kind kind = roll(3) == 0 ? Kind::shard_channel : Kind::channel;
        const std::string channel = names_[roll(3)];
        const std::string payload = std::to_string(published_++);
        std::size_t counted = 0;
        const auto expect = [&](std::size_t client, std::string text) {
            ++counted;
            expected_[client].push_back(std::move(text));
        };
        for (std::size_t i = 0; i < clients_.size(); ++i) {
            std::string text = as_message(channel, payload);
            if (kind == Kind::shard_channel) text.replace(4, 13, bulk("smessage"));
            if (listening_[i].contains({kind, channel})) expect(i, text);
            for (const std::string& pattern : patterns_)
                if (kind == Kind::channel && listening_[i].contains({Kind::pattern, pattern}) &&
                    (pattern == "*" || pattern[0] == channel[0]))
                    expect(i, as_pattern_message(pattern, channel, payload));
        }
        EXPECT_EQ(hub_.publish(kind, channel, payload), counted);
    }

    // Stable but for the order among the copies of one message, whose payloads are equal.
    static std::vector<std::string> sorted_by_message(std::vector<std::string> texts)
    {
        const auto payload = [](const std::string& text) { return text.substr(text.rfind('$')); };
        for (auto from = texts.begin(); from != texts.end();) {
            const auto to = std::find_if(from, texts.end(), [&](const auto& text) {
                return payload(text) != payload(*from);
            });
            std::sort(from, to);
            from = to;
        }
        return texts;
    }

    const std::vector<std::string> names_{"apple", "aspen", "birch"};
    const std::vector<std::string> patterns_{"*", "a*", "b*"};
    std::mt19937 chance_;
    Hub hub_;
    std::deque<Client> clients_;
    std::vector<std::set<std::pair<Kind, std::string>>> listening_{7};
    std::vector<std::vector<std::string>> expected_{7};
    int published_ = 0;
};

TEST(Hub, WhoeverIsCountedReceivesItAndNobodyElse)
{
    for (unsigned seed = 0; seed < 20; ++seed) {
        Crowd crowd(seed);
        for (int i = 0; i < 1000; ++i) crowd.step();
        crowd.check();
        if (testing::Test::HasFailure()) FAIL() << "seed " << seed;
    }
}

// One thread with two subscribers, of which one comes and goes; it delivers whenever it is woken.
class Listening {
public:
    Listening(Hub& hub, Branch& branch)
        : hub_(hub), branch_(branch), steady_(branch), fickle_(branch)
    {
        branch_.on_mail([] {});
        hub_.subscribe(steady_.subscriptions, Kind::channel, "c");
    }

    void work()
    {
        while (!done_) {
            hub_.subscribe(fickle_.subscriptions, Kind::channel, "c");
            branch_.deliver();
            hub_.unsubscribe(fickle_.subscriptions, Kind::channel, "c");
            branch_.deliver();
        }
        branch_.deliver();
    }
    void finish() { done_ = true; }

    const std::vector<std::string>& steady() const { return steady_.received; }
    std::size_t received() const { return steady_.received.size() + fickle_.received.size(); }

private:
    Hub& hub_;
    Branch& branch_;
    Client steady_;
    Client fickle_;
    std::atomic<bool> done_{false};
};

TEST(Hub, AllThreadsReceiveInOneOrderWhatWasCounted)
{
    Hub hub;
    hub.add_branch();
    hub.add_branch();
    Listening first(hub, hub.branch(0));
    Listening second(hub, hub.branch(1));
    std::atomic<std::size_t> counted{0};
    const auto publish = [&](char who) {
        for (int i = 0; i < 2000; ++i)
            counted += hub.publish(Kind::channel, "c", who + std::to_string(i));
    };
    std::thread listening_first([&] { first.work(); });
    std::thread listening_second([&] { second.work(); });
    std::thread publishing_a([&] { publish('a'); });
    std::thread publishing_b([&] { publish('b'); });
    publishing_a.join();
    publishing_b.join();
    first.finish();
    second.finish();
    listening_first.join();
    listening_second.join();
    EXPECT_EQ(first.steady().size(), 4000U);
    EXPECT_EQ(first.steady(), second.steady());
    EXPECT_EQ(first.received() + second.received(), counted.load());
}

TEST(Hub, CountsNobodyWhoWasWithdrawn)
{
    Hub hub;
    Branch& branch = hub.add_branch();
    branch.on_mail([] {});
    Client client(branch);
    Client other(branch);
    for (const Kind kind : {Kind::channel, Kind::pattern, Kind::shard_channel})
        hub.subscribe(client.subscriptions, kind, "c");
    hub.subscribe(other.subscriptions, Kind::channel, "c");
    EXPECT_EQ(hub.publish(Kind::channel, "c", "counted"), 3U);
    hub.withdraw(client.subscriptions);
    hub.withdraw(client.subscriptions);
    hub.subscribe(client.subscriptions, Kind::channel, "late");
    EXPECT_EQ(hub.names(Kind::channel), std::vector<std::string>{"c"});
    EXPECT_EQ(hub.count(Kind::pattern) + hub.count(Kind::shard_channel), 0U);
    EXPECT_EQ(hub.publish(Kind::channel, "c", "not counted"), 1U);
    branch.deliver();
    EXPECT_GE(client.received.size(), 2U) << "what was counted is received";
    EXPECT_EQ(other.received.size(), 2U);
    hub.leave(client.subscriptions);
    EXPECT_EQ(hub.publish(Kind::channel, "c", "still there"), 1U);
}

TEST(Hub, CountsRightWhenWithdrawnAtAnyMoment)
{
    Hub hub;
    Branch& branch = hub.add_branch();
    branch.on_mail([] {});
    for (int round = 0; round < 200; ++round) {
        Client client(branch);
        std::atomic<bool> begun{false};
        std::thread killer([&] {
            begun.wait(false);
            hub.withdraw(client.subscriptions);
        });
        for (int i = 0; i < 30; ++i) {
            hub.subscribe(client.subscriptions, Kind::channel, std::to_string(i));
            hub.subscribe(client.subscriptions, Kind::pattern, std::to_string(i));
            if (i % 3 == 0)
                hub.unsubscribe(client.subscriptions, Kind::channel, std::to_string(i / 2));
            begun = true;
            begun.notify_one();
        }
        killer.join();
        EXPECT_EQ(hub.count(Kind::channel) + hub.count(Kind::pattern), 0U);
        hub.leave(client.subscriptions);
    }
    EXPECT_EQ(hub.publish(Kind::channel, "1", ""), 0U);
}

}  // namespace
}  // namespace mini_redis::tests
