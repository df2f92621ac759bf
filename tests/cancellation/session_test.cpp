// Cancel everywhere: whatever is cancelled, wherever, and started again, nobody at the other end
// can tell. Every step of every schedule is tried, on good sockets and on bad ones.
#include "tests/support/cancel_everywhere.hpp"
#include "tests/support/served.hpp"

#include <array>
#include <string>

#include <gtest/gtest.h>

namespace mini_redis::tests {
namespace {

using Quality = FakeTransport::Quality;

std::string request(std::initializer_list<std::string_view> words)
{
    std::string text = "*" + std::to_string(words.size()) + "\r\n";
    for (const std::string_view word : words)
        text += "$" + std::to_string(word.size()) + "\r\n" + std::string(word) + "\r\n";
    return text;
}

std::string unequal(const std::string& received, const std::string& expected)
{
    if (received == expected) return {};
    std::size_t at = 0;
    while (at < received.size() && at < expected.size() && received[at] == expected[at]) ++at;
    return "of " + std::to_string(expected.size()) + " bytes expected and " +
           std::to_string(received.size()) + " received the first " + std::to_string(at) +
           " are equal";
}

// Requests in two pieces, torn in the middle of a word; their replies in three.
template <std::size_t read_most, std::size_t write_most>
class Pipeline : public ServedClient {
public:
    static constexpr std::size_t events = 6;

    explicit Pipeline(Stepped& stepped) : ServedClient(stepped, {read_most, write_most})
    {
        requests = request({"INCR", "n"}) + request({"SET", "v", std::string(200, 'x')}) +
                   request({"GET", "v"}) + request({"INCR", "n"}) + "PING inline\r\n" +
                   request({"GET", "v"});
        const std::string value = "$200\r\n" + std::string(200, 'x') + "\r\n";
        expected = ":1\r\n+OK\r\n" + value + ":2\r\n$6\r\ninline\r\n" + value;
    }

    void event(std::size_t number)
    {
        const std::size_t torn = 60;
        switch (number) {
            case 0:
                return peer->send(requests.substr(0, torn));
            case 1:
                return peer->take(7);
            case 2:
                return peer->send(requests.substr(torn));
            case 3:
                return peer->take(100);
            case 4:
                return peer->end();
            default:
                return peer->take(10'000);
        }
    }

    std::string check() const
    {
        if (expected.starts_with(peer->received())) return {};
        return "what was received is none of the replies";
    }

    std::string judge() const
    {
        if (const std::string wrong = unequal(peer->received(), expected); !wrong.empty())
            return wrong;
        return done() ? "" : "the connection has not ended";
    }

protected:
    std::string requests;
    std::string expected;
};

// A subscriber, while others publish: what was counted for it comes, once and in order.
template <std::size_t read_most, std::size_t write_most>
class Subscription : public ServedClient {
public:
    static constexpr std::size_t events = 8;

    explicit Subscription(Stepped& stepped) : ServedClient(stepped, {read_most, write_most})
    {
        expected = "*3\r\n$9\r\n" + std::string("subscribe\r\n$1\r\nc\r\n:1\r\n");
    }

    void event(std::size_t number)
    {
        switch (number) {
            case 0:
                return peer->send(request({"SUBSCRIBE", "c"}));
            case 1:
                return publish("one");
            case 2:
                return publish(std::string(1500, 'L'));  // is shared, not copied
            case 3:
                return peer->take(50);
            case 4:
                return publish("two");
            case 5:
                return peer->send(request({"PING"}));
            case 6:
                return peer->take(10'000);
            default:
                return peer->end();
        }
    }

    std::string judge() const
    {
        const std::string pong = "*2\r\n$4\r\n" + std::string("pong\r\n$0\r\n\r\n");
        std::string messages = peer->received();
        const std::size_t at = messages.find(pong);
        if (at == std::string::npos) return "its PING was not answered";
        messages.erase(at, pong.size());
        if (const std::string wrong = unequal(messages, expected); !wrong.empty()) return wrong;
        if (services.hub.count(pubsub::Kind::channel) != 0) return "it is still subscribed";
        return done() ? "" : "the connection has not ended";
    }

private:
    void publish(const std::string& payload)
    {
        if (services.hub.publish(pubsub::Kind::channel, "c", payload) == 1)
            expected += request({"message", "c", payload});
    }

    std::string expected;
};

// The peer vanishes, at each of the steps: no byte out of order until then, and nothing is left.
class Vanishing : public Pipeline<3, 5> {
public:
    static constexpr std::size_t events = 4;

    using Pipeline::Pipeline;

    void event(std::size_t number)
    {
        if (number < 3) return Pipeline::event(number);
        peer->reset();
    }
    std::string judge() const
    {
        return done() && connection.use_count() == 1 ? "" : "the connection has not ended";
    }
};

// Requests that a pause holds back are answered when it is over.
class Paused : public ServedClient {
public:
    static constexpr std::size_t events = 6;

    explicit Paused(Stepped& stepped) : ServedClient(stepped, {}), clock_(stepped.clock)
    {
        peer->take(10'000);
    }

    void event(std::size_t number)
    {
        if (number == 0) peer->send(request({"CLIENT", "PAUSE", "1000"}) + request({"INCR", "n"}));
        if (number == 1) peer->send(request({"INCR", "n"}));
        if (number == 2 || number == 4) clock_.advance(std::chrono::milliseconds(10));
        if (number == 3) services.pause.end();
        if (number == 5) clock_.advance(std::chrono::milliseconds(10));
    }
    bool done() const { return false; }
    std::string judge() { return unequal(peer->received(), "+OK\r\n:1\r\n:2\r\n"); }

private:
    runtime::ManualClock& clock_;
};

template <class World>
class CancelEverywhere : public testing::Test {};

using Worlds = testing::Types<Pipeline<1000, 1000>, Pipeline<16, 3>, Pipeline<1, 1000>,
                              Subscription<1000, 1000>, Subscription<5, 40>, Vanishing, Paused>;
TYPED_TEST_SUITE(CancelEverywhere, Worlds);

TYPED_TEST(CancelEverywhere, AndNobodyCanTell)
{
    const Explored explored = cancel_everywhere<TypeParam>(
        testing::UnitTest::GetInstance()->current_test_info()->type_param());
    EXPECT_EQ(explored.failed, 0U) << explored.first;
    EXPECT_GT(explored.schedules, 1000U);
}

}  // namespace
}  // namespace mini_redis::tests
