// Worlds of a client that ends at every step, before and after something happens to it: with each
// of them a task of the client's waits for something else.
#pragma once

#include "tests/client/pubsub.hpp"
#include "tests/client/schedules.hpp"
#include "tests/support/await_points.hpp"

#include <chrono>
#include <deque>
#include <optional>
#include <string>

namespace mini_redis::tests {

// To be called right before what ends a client's tasks.
inline void ends_now(asio::io_context& context)
{
    asio::post(context,
               [number = AwaitPoints::all().ending()] { AwaitPoints::all().passed(number); });
}

// A world with one request; what happens to it differs.
class Ending {
public:
    explicit Ending(const Manner& manner = {}) : world(manner, options()) { ++schedules; }
    bool step(int steps)
    {
        while (steps-- > 0)
            if (!world.step()) return false;
        return true;
    }
    void end()
    {
        ends_now(world.context);
        world.client.reset();
        world.settle();
    }
    // Whoever waited was told, and no task goes on.
    void judge()
    {
        for (const AskedText& one : asked) EXPECT_TRUE(one.result);
        EXPECT_TRUE(world.context.stopped());
    }

protected:
    static Options options()
    {
        Options options;
        options.attempts_max = 0;
        return options;
    }
    // At once, for what has not begun must not outlive its client.
    void ask(const char* key)
    {
        world.ask(world.client->get(key), asked.emplace_back(), By::handler);
    }

    std::deque<AskedText> asked;
    ClientWorld world;
};

// The server cannot be reached; another request rings the bell in the pause.
class Unreachable : public Ending {
public:
    Unreachable()
    {
        world.network.refusal = asio::error::connection_refused;
        ask("a");
    }
    void event() { ask("b"); }
};

// The connection is lost when nobody wants it any more; a request has it made again.
class Unwanted : public Ending {
public:
    Unwanted()
    {
        ask("a");
        world.settle();
        world.network.hang_up();
        world.settle();
        world.network.advance(std::chrono::seconds(10));
    }
    void event() { ask("b"); }
};

// The server takes nothing, not even the greeting; then it does.
class HeldUp : public Ending {
public:
    HeldUp()
    {
        world.network.hold_up(true);
        ask("a");
    }
    void event() { world.network.hold_up(false); }
};

// It took the greeting, but takes no request for now.
class HeldUpLater : public Ending {
public:
    HeldUpLater()
    {
        ask("a");
        world.settle();
        world.network.hold_up(true);
        ask("b");
    }
    void event() { world.network.hold_up(false); }
};

// It answers the greeting late.
class Speechless : public Ending {
public:
    Speechless()
    {
        world.network.server.silent = true;
        ask("a");
    }
    void event()
    {
        world.network.server.silent = false;
        world.network.say("%1\r\n$5\r\nproto\r\n:3\r\n");
    }
};

// A request in time, and then the alarm.
class Late : public Ending {
public:
    Late()
    {
        world.network.server.silent = true;
        ask("a");
    }
    void event() { world.network.advance(std::chrono::seconds(6)); }
};

// Messages that nobody takes; then one is taken, and there is room for more.
class Unheard {
public:
    Unheard()
    {
        ++schedules;
        Options options;
        options.messages_bytes_max = 1;
        world.network.server.answer = [this](const std::string& words) {
            return pubsub.confirm(words);
        };
        subscriber.emplace(world.context, options, world.network.outside());
        world.ask(subscriber->subscribe("a"), subscribed, By::handler);
        world.settle();
        world.network.say(pubsub.message("a", "1") + pubsub.message("a", "2"));
    }
    bool step(int steps)
    {
        while (steps-- > 0)
            if (!world.step()) return false;
        return true;
    }
    void event()
    {
        happened = true;
        world.ask(subscriber->next(), taken, By::handler);
    }
    void end()
    {
        ends_now(world.context);
        subscriber.reset();
        world.settle();
    }
    void judge()
    {
        EXPECT_TRUE(subscribed.ok());
        EXPECT_EQ(taken.result.has_value(), happened);
        EXPECT_TRUE(world.context.stopped());
    }

private:
    PubSub pubsub{true};
    ClientWorld world;
    std::optional<client::Subscriber> subscriber;
    Asked<void> subscribed;
    Asked<client::Item> taken;
    bool happened = false;
};

// Ends it so many steps after the event, which is after so many steps, or never. Returns whether
// there were so many.
struct Steps {
    bool before = true;
    bool after = true;
};
template <class Case>
Steps end_at(std::optional<int> event_at, int end_after)
{
    Case run;
    Steps steps;
    if (event_at) {
        steps.before = run.step(*event_at);
        run.event();
    }
    steps.after = run.step(end_after);
    run.end();
    run.judge();
    if (testing::Test::HasFailure())
        ADD_FAILURE() << "event at " << event_at.value_or(-1) << ", end after " << end_after;
    return steps;
}

// Every step for what happens, and every step after it for the end; and what if nothing happens.
template <class Case>
void end_everywhere()
{
    for (int end_after = 0; end_at<Case>(std::nullopt, end_after).after; ++end_after) {
    }
    Steps steps;
    for (int event_at = 0; steps.before; ++event_at) {
        steps.after = true;
        for (int end_after = 0; steps.after; ++end_after) {
            steps = end_at<Case>(event_at, end_after);
            if (testing::Test::HasFailure()) return;
        }
    }
}

}  // namespace mini_redis::tests
