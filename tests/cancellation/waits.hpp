// What is cancelled at every step: clients that wait for an element, while it comes, while they
// leave, and while their time is over. No element is lost, and none is delivered twice.
#pragma once

#include "tests/support/nobody.hpp"
#include "tests/support/random_requests.hpp"
#include "tests/support/served.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace mini_redis::tests {

// Who pushes: a session without a connection.
class Pusher {
public:
    explicit Pusher(Served& served) : served_(served) { session_.authenticated = true; }

    std::string ask(std::initializer_list<std::string_view> words)
    {
        protocol::Batch batch;
        batch.words = words;
        batch.add_request(0);
        protocol::Buffer out;
        protocol::Writer reply(out, session_.dialect);
        served_.worker->dispatcher().serve(session_, batch, 0, reply);
        return std::string(out.view());
    }
    void push(std::string_view element) { ask({"RPUSH", "l", element}); }

private:
    Served& served_;
    Nobody nobody_;
    dispatch::Session session_{1'000'000, nobody_};
};

inline const std::string blpop = to_bytes({"BLPOP", "l", "0"});
inline const std::string element_a = to_bytes({"l", "a"});

// It gets what it waits for, in the order of its requests, though it says early that it ends.
class Waiting : public ServedClient {
public:
    static constexpr std::size_t events = 6;

    explicit Waiting(Stepped& stepped) : ServedClient(stepped, {16, 5}) { peer->take(30); }

    void event(std::size_t number)
    {
        if (number == 0) peer->send(blpop + "INCR n\r\n");
        if (number == 1 || number == 3) pusher_.push(number == 1 ? "a" : "b");
        if (number == 2) peer->send(blpop + "INCR n\r\n");
        if (number == 4) peer->end();
        if (number == 5) peer->take(1000);
    }
    std::string judge()
    {
        if (!done()) return "the connection has not ended";
        if (pusher_.ask({"LLEN", "l"}) != ":0\r\n") return "an element was left";
        return peer->received() == element_a + ":1\r\n" + to_bytes({"l", "b"}) + ":2\r\n"
                   ? ""
                   : "received: " + peer->received();
    }

private:
    Pusher pusher_{*this};
};

// It is rung when what it waits for has come: nothing else would let it go on.
class WaitingQuietly : public ServedClient {
public:
    static constexpr std::size_t events = 2;

    explicit WaitingQuietly(Stepped& stepped) : ServedClient(stepped, {}) { peer->take(1000); }

    void event(std::size_t number) { number == 0 ? peer->send(blpop) : pusher_.push("a"); }
    bool done() const { return false; }
    std::string judge() const { return unequal(peer->received(), element_a); }

private:
    Pusher pusher_{*this};
};

// What it has asked while it waited is answered, though it has said meanwhile that it ends.
class WaitingToTheEnd : public ServedClient {
public:
    static constexpr std::size_t events = 4;

    explicit WaitingToTheEnd(Stepped& stepped) : ServedClient(stepped, {}) { peer->take(1000); }

    void event(std::size_t number)
    {
        if (number < 2) peer->send(number == 0 ? blpop : "INCR n\r\n");
        if (number == 2) pusher_.push("a");
        if (number == 3) peer->end();
    }
    std::string judge() const
    {
        if (!done()) return "the connection has not ended";
        return unequal(peer->received(), element_a + ":1\r\n");
    }

private:
    Pusher pusher_{*this};
};

// It leaves, and then nobody waits.
class WaitingNoMore : public ServedClient {
public:
    static constexpr std::size_t events = 2;

    explicit WaitingNoMore(Stepped& stepped) : ServedClient(stepped, {}) { peer->take(1000); }

    void event(std::size_t number) { number == 0 ? peer->send(blpop) : peer->end(); }
    std::string judge()
    {
        if (!done() || services.waits.any()) return "it still waits";
        pusher_.push("a");
        if (pusher_.ask({"LLEN", "l"}) != ":1\r\n") return "an element was taken";
        return unequal(peer->received(), "");
    }

private:
    Pusher pusher_{*this};
};

// It leaves: what comes before it has left it gets, and what comes later stays.
class WaitingInVain : public ServedClient {
public:
    static constexpr std::size_t events = 3;

    explicit WaitingInVain(Stepped& stepped) : ServedClient(stepped, {}) { peer->take(1000); }

    void event(std::size_t number)
    {
        if (number == 0) peer->send(blpop);
        if (number == 1) peer->end();
        if (number == 2) pusher_.push("a");
    }
    std::string judge()
    {
        const bool left = pusher_.ask({"LLEN", "l"}) == ":1\r\n";
        if (!done() || services.waits.any()) return "it still waits";
        return peer->received() == (left ? "" : element_a) ? "" : "received: " + peer->received();
    }

private:
    Pusher pusher_{*this};
};

// For what its worker does besides; it outlives the worker.
struct House {
    explicit House(Stepped& stepped) : tasks(stepped.executor(), [](auto&&...) {}) {}

    runtime::TaskGroup tasks;
};

// Its time is over: it is told so, unless it was told something better before.
class WaitingBriefly : House, public ServedClient {
public:
    static constexpr std::size_t events = 4;

    explicit WaitingBriefly(Stepped& stepped)
        : House(stepped), ServedClient(stepped, {}), stepped_(stepped)
    {
        peer->take(1000);
        tasks.spawn("house", worker->keep_house());
    }

    void event(std::size_t number)
    {
        if (number == 0) peer->send("BLPOP l 0.05\r\nPING\r\n");
        if (number == 1) stepped_.clock.advance(std::chrono::milliseconds(50));
        if (number == 2) pusher_.push("a");
        if (number == 3) stepped_.clock.advance(std::chrono::milliseconds(100));
    }
    bool done() const { return false; }
    std::string judge()
    {
        const bool left = pusher_.ask({"LLEN", "l"}) == ":1\r\n";
        const std::string expected = (left ? "*-1\r\n" : element_a) + "+PONG\r\n";
        return peer->received() == expected ? "" : "received: " + peer->received();
    }

private:
    Stepped& stepped_;
    Pusher pusher_{*this};
};

}  // namespace mini_redis::tests
