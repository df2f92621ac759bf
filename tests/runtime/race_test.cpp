// Races: the first to end ends the other, however it ends, and nobody is left running.
#include "server/runtime/race.hpp"

#include "server/runtime/notify.hpp"
#include "tests/support/cancel_everywhere.hpp"
#include "tests/support/stepped.hpp"

#include <chrono>
#include <stdexcept>
#include <string>

#include <gtest/gtest.h>

namespace mini_redis::tests {
namespace {

using namespace std::chrono_literals;
namespace asio = runtime::asio;
using runtime::awaitable;

struct Track {
    Stepped stepped;
    runtime::Notify one{stepped.executor()};
    runtime::Notify other{stepped.executor()};
    std::string passed;  // what happened, in order
    std::string caught;

    awaitable<void> runner(runtime::Notify& bell, const char* name)
    {
        co_await bell.wait();
        passed += name;
    }
    // Takes a while to end, and says when it has.
    awaitable<void> laggard(runtime::Notify& bell, const char* name)
    {
        co_await bell.wait();
        co_await asio::this_coro::throw_if_cancelled(false);
        for (int i = 0; i != 3; ++i) co_await asio::post(runtime::use_tuple);
        passed += name;
    }
    awaitable<void> stumbler(runtime::Notify& bell, const char* why)
    {
        co_await bell.wait();
        throw std::runtime_error(why);
    }
    awaitable<void> judge(awaitable<void> race)
    {
        try {
            co_await std::move(race);
        } catch (const std::exception& fault) {
            caught = fault.what();
        }
        passed += '.';
    }
    void start(awaitable<void> first, awaitable<void> second)
    {
        stepped.tasks.spawn("race", judge(runtime::race(std::move(first), std::move(second))));
        stepped.settle();
    }
};

TEST(Race, EndsWithTheFirstWhicheverItIs)
{
    for (const bool first : {true, false}) {
        Track track;
        runtime::Notify never(track.stepped.executor());
        track.start(track.runner(track.one, "1"), track.runner(track.other, "2"));
        EXPECT_EQ(track.passed, "");
        (first ? track.one : track.other).notify();
        track.stepped.settle();
        EXPECT_EQ(track.passed, first ? "12." : "21.");  // the loser is woken, and ends
        EXPECT_EQ(track.stepped.tasks.size(), 0U);
    }
}

TEST(Race, WaitsForTheLoser)
{
    Track track;
    track.start(track.runner(track.one, "1"), track.laggard(track.other, "2"));
    track.one.notify();
    while (track.passed != "12.") ASSERT_TRUE(track.stepped.step()) << track.passed;
    EXPECT_EQ(track.caught, "");
}

TEST(Race, EndsWithAnErrorAsWithAnyOtherEndAndTellsOfItAfterwards)
{
    Track track;
    track.start(track.stumbler(track.one, "stumbled"), track.laggard(track.other, "2"));
    track.one.notify();
    track.stepped.settle();
    EXPECT_EQ(track.passed, "2.");
    EXPECT_EQ(track.caught, "stumbled");
}

TEST(Race, TellsOfAFaultOfTheLoser)
{
    Track track;
    track.start(track.runner(track.one, "1"), track.stumbler(track.other, "over the ribbon"));
    track.one.notify();
    track.stepped.settle();
    EXPECT_EQ(track.caught, "over the ribbon");
}

awaitable<void> nothing()
{
    co_return;
}

TEST(Race, IsOverAtOnceWhenABranchIs)
{
    Track track;
    track.start(nothing(), track.runner(track.other, "2"));
    EXPECT_EQ(track.passed, "2.");
    track.start(nothing(), nothing());
    EXPECT_EQ(track.passed, "2..");
}

TEST(Race, PassesACancellationFromOutsideToBoth)
{
    Track track;
    track.start(track.laggard(track.one, "1"), track.laggard(track.other, "2"));
    track.stepped.tasks.cancel();
    track.stepped.settle();
    EXPECT_EQ(track.passed, "12.");
    EXPECT_EQ(track.caught, "");
    EXPECT_EQ(track.stepped.faults, "");
}

TEST(Race, MayBeUnderWayWhenTheContextGoes)
{
    Track track;
    track.start(track.runner(track.one, "1"), track.runner(track.other, "2"));
    track.one.notify();
    track.stepped.step();
    EXPECT_EQ(track.passed, "1");
}

TEST(Race, CanBeInsideOfARace)
{
    Track track;
    runtime::Notify third(track.stepped.executor());
    track.start(runtime::race(track.runner(track.one, "1"), track.runner(track.other, "2")),
                track.runner(third, "3"));
    third.notify();
    track.stepped.settle();
    EXPECT_EQ(track.passed, "312.");
}

TEST(WithTimeout, EndsWithItsTask)
{
    Track track;
    track.start(runtime::with_timeout(track.runner(track.one, "1"), 10ms, track.stepped.clock),
                track.runner(track.other, "2"));
    track.stepped.advance(9ms);
    track.one.notify();
    track.stepped.settle();
    EXPECT_EQ(track.passed, "12.");
    EXPECT_EQ(track.stepped.clock.pending(), 0U);
}

TEST(WithTimeout, CancelsItsTaskWhenTheTimeIsOver)
{
    Track track;
    auto waiting = runtime::with_timeout(track.laggard(track.one, "1"), 10ms, track.stepped.clock);
    track.stepped.tasks.spawn("waits", track.judge(std::move(waiting)));
    track.stepped.settle();
    track.stepped.advance(9ms);
    EXPECT_EQ(track.passed, "");
    track.stepped.advance(1ms);
    EXPECT_EQ(track.passed, "1.");
    EXPECT_EQ(track.caught, "");
}

// Delivers messages, each in the branch that took it, in races with a timeout that mostly loses.
class Courier {
public:
    static constexpr std::size_t events = 2;

    explicit Courier(Stepped& stepped) : stepped_(stepped), bell_(stepped.executor()) {}

    awaitable<void> session()
    {
        while (!done()) {
            co_await runtime::with_timeout(runtime::race(deliver(), knock()), 5ms, stepped_.clock);
            if (running_ != 0) left_running_ = true;
        }
    }
    bool done() const { return delivered_ == "01"; }
    void event(std::size_t number)
    {
        mail_ += static_cast<char>('0' + number);
        bell_.notify();
        stepped_.clock.advance(3ms);
    }
    std::string check() const { return left_running_ ? "a race was over before its branches" : ""; }
    std::string judge()
    {
        if (running_ > 2) return "more than one race is under way";
        return done() ? "" : "delivered: " + delivered_ + ", left: " + mail_;
    }

private:
    struct Running {
        explicit Running(int& running) : count(running) { ++count; }
        ~Running() { --count; }
        int& count;
    };

    awaitable<void> deliver()
    {
        const Running running(running_);
        if (mail_.empty()) co_await bell_.wait();
        if (mail_.empty()) co_return;
        delivered_ += mail_.front();
        mail_.erase(0, 1);
        co_await asio::post(runtime::use_tuple);  // not all of a branch is its commit
    }
    awaitable<void> knock()
    {
        const Running running(running_);
        co_await asio::post(runtime::use_tuple);
        co_await asio::post(runtime::use_tuple);
        runtime::Notify never(stepped_.executor());
        co_await never.wait();
    }

    Stepped& stepped_;
    runtime::Notify bell_;
    std::string mail_;
    std::string delivered_;
    int running_ = 0;
    bool left_running_ = false;
};

TEST(Race, LosesNothingWhereverItIsCancelled)
{
    const Explored explored = cancel_everywhere<Courier>("race and timeout");
    EXPECT_EQ(explored.failed, 0U) << explored.first;
}

}  // namespace
}  // namespace mini_redis::tests
