// One alarm for a whole timer wheel: every deadline in its time, and nobody is woken for nothing.
#include "server/runtime/timer_wheel.hpp"
#include "tests/support/stepped.hpp"

#include <chrono>
#include <cstdint>

#include <gtest/gtest.h>

namespace {

using namespace std::chrono;
using mini_redis::runtime::Time;
using mini_redis::runtime::Timeout;

struct World : mini_redis::tests::Stepped {
    std::uint64_t now_ms() const
    {
        return static_cast<std::uint64_t>(
            duration_cast<milliseconds>(clock.now().time_since_epoch()).count());
    }
    // When the wheel has to be moved on, at the latest.
    Time::Point next()
    {
        const auto ms = wheel.next_ms();
        return ms ? Time::Point(milliseconds(*ms)) : Time::Point::max();
    }

    void move_on()
    {
        ++woken;
        wheel.advance(now_ms());
    }

    mini_redis::runtime::Alarm alarm{executor(), clock};
    mini_redis::runtime::TimerWheel wheel{now_ms()};
    int woken = 0;
};

// Yours:
void set(World& world, Timeout& timeout, std::uint64_t when_ms)
{
    world.wheel.set(timeout, when_ms);
}

mini_redis::runtime::awaitable<void> turn(World& world)
{
    for (;;) {
        co_await world.alarm.wait_for(milliseconds(1));
        world.move_on();
    }
}

// The test:
struct Client {
    explicit Client(World& in) : world(in) {}
    void give_up() { gave_up_ms = world.now_ms(); }

    World& world;
    std::uint64_t gave_up_ms = 0;
    Timeout patience = Timeout::calling<&Client::give_up>(*this);
};

struct Clients : World {
    Clients() { tasks.spawn("turn", turn(*this)); }
    ~Clients() { end(); }
    void pass(int ms)
    {
        for (int i = 0; i < ms; ++i) advance(milliseconds(1));
    }

    const std::uint64_t start = now_ms();
    Client patient{*this}, hasty{*this}, late{*this};
};

TEST(SleepsUntilThen, AndIsWokenOnceALevel)
{
    Clients clients;
    set(clients, clients.patient.patience, clients.start + 5'000);
    clients.pass(5'000);
    EXPECT_EQ(clients.patient.gave_up_ms, clients.start + 5'000);
    EXPECT_LE(clients.woken, 3) << "woken " << clients.woken << " times";
}

TEST(SleepsUntilThen, UnlessSomebodyIsInAHurry)
{
    Clients clients;
    set(clients, clients.patient.patience, clients.start + 5'000);
    clients.pass(2'500);
    set(clients, clients.hasty.patience, clients.start + 2'507);
    set(clients, clients.late.patience, clients.start + 9'000);
    clients.pass(2'500);
    EXPECT_EQ(clients.hasty.gave_up_ms, clients.start + 2'507);
    EXPECT_EQ(clients.patient.gave_up_ms, clients.start + 5'000);
}

}  // namespace
