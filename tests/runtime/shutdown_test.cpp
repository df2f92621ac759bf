// Shutting down: its phases, their deadlines, and who hears of them.
#include "server/runtime/shutdown.hpp"

#include "tests/support/cancel_everywhere.hpp"
#include "tests/support/stepped.hpp"

#include <chrono>
#include <memory>
#include <string>

#include <gtest/gtest.h>

namespace mini_redis::tests {
namespace {

using namespace std::chrono_literals;
using runtime::awaitable;
using runtime::Phase;
using runtime::Shutdown;

constexpr runtime::Patience patience_of_test{
    .not_accepting = 10ms, .not_reading = 20ms, .flushing = 30ms};

struct House {
    Stepped stepped;
    Shutdown shutdown{stepped.executor(), stepped.clock, [] { return patience_of_test; }};
    std::string heard;

    House() { stepped.tasks.spawn("keeps time", shutdown.keep_time()); }

    Shutdown::Listener hear(Phase phase, const char* what)
    {
        return shutdown.on(phase, [this, what] { heard += what; });
    }
    awaitable<void> wait(Phase phase, const char* what)
    {
        co_await shutdown.reached(phase);
        heard += what;
    }
};

TEST(Shutdown, GoesFromPhaseToPhaseWhenTheirTimeIsOver)
{
    House house;
    house.stepped.advance(std::chrono::years(1));
    EXPECT_FALSE(house.shutdown.requested());
    house.shutdown.request();
    house.stepped.settle();
    EXPECT_TRUE(house.shutdown.requested());
    EXPECT_EQ(house.shutdown.phase(), Phase::not_accepting);
    house.stepped.advance(9ms);
    EXPECT_EQ(house.shutdown.phase(), Phase::not_accepting);
    house.stepped.advance(1ms);
    EXPECT_EQ(house.shutdown.phase(), Phase::not_reading);
    house.stepped.advance(19ms);
    EXPECT_EQ(house.shutdown.phase(), Phase::not_reading);
    house.stepped.advance(1ms);
    EXPECT_EQ(house.shutdown.phase(), Phase::flushing);
    house.stepped.advance(29ms);
    EXPECT_EQ(house.shutdown.phase(), Phase::flushing);
    house.stepped.advance(1ms);
    EXPECT_EQ(house.shutdown.phase(), Phase::hard);
    EXPECT_EQ(house.stepped.tasks.size(), 0U);
}

TEST(Shutdown, GoesOnAtOnceWhenAPhaseIsFinished)
{
    House house;
    house.shutdown.finish(Phase::running);
    EXPECT_FALSE(house.shutdown.requested());
    house.shutdown.request();
    house.shutdown.finish(Phase::not_accepting);
    EXPECT_EQ(house.shutdown.phase(), Phase::not_reading);
    house.shutdown.finish(Phase::not_accepting);  // over already
    house.shutdown.finish(Phase::flushing);       // not begun
    EXPECT_EQ(house.shutdown.phase(), Phase::not_reading);
    house.stepped.settle();
    house.stepped.advance(19ms);  // its own time, from when it began
    EXPECT_EQ(house.shutdown.phase(), Phase::not_reading);
    house.stepped.advance(1ms);
    EXPECT_EQ(house.shutdown.phase(), Phase::flushing);
    house.shutdown.finish(Phase::flushing);
    EXPECT_EQ(house.shutdown.phase(), Phase::hard);
    house.shutdown.finish(Phase::hard);
    house.stepped.settle();
    EXPECT_EQ(house.stepped.tasks.size(), 0U);
}

TEST(Shutdown, GoesStraightToHardWhenAskedTwice)
{
    House house;
    const auto one = house.hear(Phase::flushing, "f");
    const auto two = house.hear(Phase::not_accepting, "a");
    const auto three = house.hear(Phase::hard, "h");
    const auto four = house.hear(Phase::not_reading, "r");
    house.shutdown.request();
    EXPECT_EQ(house.heard, "a");
    house.shutdown.request();
    EXPECT_EQ(house.shutdown.phase(), Phase::hard);
    EXPECT_EQ(house.heard, "arfh");  // skipped phases are told, in their order
    house.shutdown.request();
    house.shutdown.force();
    EXPECT_EQ(house.heard, "arfh");
    house.stepped.settle();
    EXPECT_EQ(house.stepped.tasks.size(), 0U);
}

TEST(Shutdown, CanBeForcedFromTheStart)
{
    House house;
    const auto listener = house.hear(Phase::not_accepting, "a");
    house.shutdown.force();
    EXPECT_EQ(house.heard, "a");
    EXPECT_EQ(house.shutdown.phase(), Phase::hard);
}

TEST(Shutdown, TellsNobodyWhoHasLeft)
{
    House house;
    {
        const auto listener = house.hear(Phase::not_accepting, "a");
    }
    house.shutdown.request();
    EXPECT_EQ(house.heard, "");
}

TEST(Shutdown, TellsWhoComesLateAtOnceAndOnce)
{
    House house;
    house.shutdown.request();
    const auto late = house.hear(Phase::not_accepting, "a");
    EXPECT_EQ(house.heard, "a");
    house.shutdown.force();
    EXPECT_EQ(house.heard, "a");
}

TEST(Shutdown, LetsListenersEndEachOtherAndAskForMore)
{
    House house;
    std::unique_ptr<Shutdown::Listener> itself;
    std::unique_ptr<Shutdown::Listener> other;
    itself.reset(new Shutdown::Listener(house.shutdown.on(Phase::not_accepting, [&] {
        house.heard += "i";
        other.reset();
        house.shutdown.request();
        EXPECT_EQ(house.shutdown.phase(), Phase::not_accepting);  // one after the other
        itself.reset();
    })));
    other.reset(new Shutdown::Listener(house.hear(Phase::not_accepting, "o")));
    const auto last = house.hear(Phase::not_accepting, "l");
    const auto hard = house.hear(Phase::hard, "h");
    house.shutdown.request();
    EXPECT_EQ(house.heard, "ilh");
    EXPECT_EQ(house.shutdown.phase(), Phase::hard);
}

TEST(Shutdown, WakesWhoWaitsForAPhase)
{
    House house;
    house.stepped.tasks.spawn("waits", house.wait(Phase::flushing, "f"));
    house.stepped.tasks.spawn("waits", house.wait(Phase::not_accepting, "a"));
    house.stepped.tasks.spawn("waits", house.wait(Phase::not_reading, "r"));
    house.stepped.settle();
    EXPECT_EQ(house.heard, "");
    house.shutdown.request();
    house.stepped.settle();
    EXPECT_EQ(house.heard, "a");
    house.shutdown.force();
    house.stepped.settle();
    EXPECT_EQ(house.heard.size(), 3U);
    house.stepped.tasks.spawn("waits", house.wait(Phase::hard, "h"));
    house.stepped.settle();
    EXPECT_EQ(house.heard.back(), 'h');
}

TEST(Shutdown, MayGoWhileSomebodyWaitsForIt)
{
    Stepped stepped;
    int passed = 0;
    struct Waits {
        static awaitable<void> run(Shutdown& shutdown, int& passed)
        {
            co_await shutdown.reached(Phase::hard);
            ++passed;
        }
    };
    {
        Shutdown shutdown(stepped.executor(), stepped.clock, [] { return patience_of_test; });
        stepped.tasks.spawn("waits", Waits::run(shutdown, passed));
        stepped.settle();
    }
    stepped.settle();
    EXPECT_EQ(passed, 0);
}

// Follows the phases, while somebody else keeps their time.
class Follower {
public:
    static constexpr std::size_t events = 3;

    explicit Follower(Stepped& stepped)
        : stepped_(stepped),
          shutdown_(stepped.executor(), stepped.clock, [] { return patience_of_test; }),
          keepers_(stepped.executor(), [](std::string_view, const auto&) { ADD_FAILURE(); })
    {
        keepers_.spawn("keeps time", shutdown_.keep_time());
    }

    awaitable<void> session()
    {
        while (!done()) {
            const auto next = static_cast<Phase>(followed_ + 1);
            co_await shutdown_.reached(next);
            if (shutdown_.phase() >= next) ++followed_;
        }
    }
    bool done() const { return followed_ == static_cast<int>(Phase::hard); }
    void event(std::size_t number)
    {
        if (number == 0) shutdown_.request();
        if (number == 1) shutdown_.finish(Phase::not_accepting);
        if (number == 2) stepped_.clock.advance(20ms);
    }
    std::string judge()
    {
        const Phase before = shutdown_.phase();
        shutdown_.force();
        stepped_.settle();
        if (before != Phase::flushing) return "the deadline was not kept";
        return done() ? "" : "a phase was reached, and not heard";
    }

private:
    Stepped& stepped_;
    Shutdown shutdown_;
    runtime::TaskGroup keepers_;
    int followed_ = 0;
};

TEST(Shutdown, IsHeardWhereverWhoWaitsIsCancelled)
{
    const Explored explored = cancel_everywhere<Follower>("shutdown");
    EXPECT_EQ(explored.failed, 0U) << explored.first;
}

}  // namespace
}  // namespace mini_redis::tests
