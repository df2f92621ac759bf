// What is cancelled at every step: sessions of the real server, on sockets good and bad.
#pragma once

#include "server/observability/log.hpp"
#include "tests/cancellation/upkeep.hpp"
#include "tests/cancellation/waits.hpp"
#include "tests/support/cancel_everywhere.hpp"
#include "tests/support/served.hpp"

#include <chrono>
#include <string>

#include <gtest/gtest.h>

namespace mini_redis::tests {

// What the server complains of a thousand times is what is tried.
struct QuietLog {
    QuietLog() { observability::open_log("/dev/null"); }
    ~QuietLog() { observability::open_log(""); }
    QuietLog(const QuietLog&) = delete;
    QuietLog& operator=(const QuietLog&) = delete;
};

inline std::string request(std::initializer_list<std::string_view> words)
{
    std::string text = "*" + std::to_string(words.size()) + "\r\n";
    for (const std::string_view word : words)
        text += "$" + std::to_string(word.size()) + "\r\n" + std::string(word) + "\r\n";
    return text;
}

// Requests in two pieces, torn in the middle of a word; their replies in three.
template <std::size_t read_most, std::size_t write_most>
class Pipeline : public ServedClient {
public:
    static constexpr std::size_t events = 6;
    static constexpr std::size_t again = write_most == 3 ? 3 : 0;

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

// The same from a client that stays: what it is owed comes without it asking for more.
class Staying : public Pipeline<1000, 3> {
public:
    static constexpr std::size_t events = 5;

    using Pipeline::Pipeline;

    void event(std::size_t number) { Pipeline::event(number < 4 ? number : 5); }
    std::string judge() const { return unequal(peer->received(), expected); }
};

// A subscriber, while others publish: what was counted for it comes, once and in order.
template <std::size_t read_most, std::size_t write_most>
class Subscription : public ServedClient {
public:
    static constexpr std::size_t events = 9;

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
                return publish(std::string(1100, 'M'));
            case 6:
                return peer->take(10'000);
            case 7:
                return leave();
            default:
                return peer->end();
        }
    }

    std::string judge() const
    {
        const std::string pong = "*2\r\n$4\r\n" + std::string("pong\r\n$0\r\n\r\n");
        const std::string left = "*3\r\n$11\r\n" + std::string("unsubscribe\r\n$1\r\nc\r\n:0\r\n");
        std::string messages = peer->received();
        for (const std::string& reply : {pong, left}) {
            const std::size_t at = messages.find(reply);
            if (at == std::string::npos) return "its request was not answered";
            messages.erase(at, reply.size());
        }
        if (const std::string wrong = unequal(messages, expected); !wrong.empty()) return wrong;
        if (services.hub.count(pubsub::Kind::channel) != 0) return "it is still subscribed";
        return done() ? "" : "the connection has not ended";
    }

protected:
    // It ceases to listen while a message that was counted for it is still in the mail.
    void leave()
    {
        peer->send(request({"PING"}) + request({"UNSUBSCRIBE", "c"}));
        publish("late");
    }
    void publish(const std::string& payload)
    {
        if (services.hub.publish(pubsub::Kind::channel, "c", payload) == 1)
            expected += request({"message", "c", payload});
    }

    std::string expected;
};

// A subscriber that says nothing more: messages come without it asking.
class Listening : public Subscription<1000, 700> {
public:
    static constexpr std::size_t events = 6;

    using Subscription::Subscription;

    void event(std::size_t number)
    {
        constexpr std::size_t room_first[] = {6, 0, 1, 2, 4, 5};
        Subscription::event(room_first[number]);
    }
    std::string judge() const { return unequal(peer->received(), expected); }
};

// A subscriber that vanishes leaves nothing behind.
class Deserting : public Subscription<1000, 700> {
public:
    static constexpr std::size_t events = 4;

    using Subscription::Subscription;

    void event(std::size_t number)
    {
        if (number == 3) return peer->reset();
        constexpr std::size_t before[] = {6, 0, 2};
        Subscription::event(before[number]);
    }
    std::string judge() const
    {
        if (services.hub.count(pubsub::Kind::channel) != 0) return "it is still subscribed";
        return done() ? "" : "the connection has not ended";
    }
};

// Who says QUIT may go on talking: it is not heard, and what it was owed still reaches it.
class Quitting : public ServedClient {
public:
    static constexpr std::size_t events = 5;

    explicit Quitting(Stepped& stepped) : ServedClient(stepped, {}) {}

    void event(std::size_t number)
    {
        if (number == 0) peer->send(request({"INCR", "n"}) + request({"QUIT"}));
        if (number == 1) peer->take(3);
        if (number == 2) peer->send(request({"INCR", "n"}));
        if (number == 3) peer->take(1000);
        if (number == 4) peer->end();
    }
    std::string judge() const
    {
        if (!done()) return "the connection has not ended";
        return unequal(peer->received(), ":1\r\n+OK\r\n");
    }
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

// Who publishes faster than another thread delivers waits for it; nothing is lost meanwhile.
class Ahead : public ServedClient {
public:
    static constexpr std::size_t events = 6;

    explicit Ahead(Stepped& stepped) : ServedClient(stepped, {}), stepped_(stepped)
    {
        services.hub.mail_bytes_max = 100;
        other_.on_mail([] {});
        services.hub.subscribe(listener_.subscriptions, pubsub::Kind::channel, "c");
        peer->take(10'000);
    }

    void event(std::size_t number)
    {
        if (number == 0) peer->send(request({"PUBLISH", "c", std::string(200, 'x')}));
        if (number == 1) peer->send(request({"PUBLISH", "c", "y"}));
        if (number == 3) other_.deliver();
        if (number >= 2) stepped_.clock.advance(std::chrono::milliseconds(10));
    }
    bool done() const { return false; }
    std::string judge()
    {
        for (int i = 0; i < 2; ++i) {  // what was published late is delivered late
            other_.deliver();
            stepped_.advance(std::chrono::milliseconds(10));
        }
        other_.deliver();
        if (listener_.taken != 2)
            return "of 2 messages " + std::to_string(listener_.taken) + " came";
        return unequal(peer->received(), ":1\r\n:1\r\n");
    }

private:
    struct Listener final : pubsub::Subscriber {
        explicit Listener(pubsub::Branch& branch) : subscriptions(*this, branch) {}

        void take(std::string_view, const pubsub::SharedMessage&) noexcept override { ++taken; }

        int taken = 0;
        pubsub::Subscriptions subscriptions;
    };

    Stepped& stepped_;
    pubsub::Branch& other_ = services.hub.add_branch();
    Listener listener_{other_};
};

// The quickest first.
using Sessions = testing::Types<Deserting, Listening, Quitting, Paused, Waiting, WaitingQuietly,
                                WaitingToTheEnd, WaitingNoMore, WaitingInVain, WaitingBriefly,
                                Ahead, Pipeline<1000, 1000>, Vanishing, Housekeeping, Accepting,
                                Signalled, ShuttingDown, Subscription<1000, 1000>,
                                Pipeline<1, 1000>, Subscription<5, 40>, Staying, Pipeline<16, 3>>;

}  // namespace mini_redis::tests
