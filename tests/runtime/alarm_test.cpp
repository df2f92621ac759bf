// Waiting for a time, upon a clock that is moved by hand and upon the machine's.
#include "server/runtime/alarm.hpp"

#include "server/runtime/manual_clock.hpp"
#include "tests/support/stepped.hpp"

#include <chrono>
#include <optional>

#include <gtest/gtest.h>

namespace mini_redis::tests {
namespace {

using namespace std::chrono_literals;
using runtime::awaitable;

struct Bedside {
    Stepped stepped;
    runtime::Alarm alarm{stepped.executor(), stepped.clock};
    int woken = 0;

    awaitable<void> sleep_until_rung()
    {
        co_await alarm.wait();
        ++woken;
    }
    void go_to_bed()
    {
        stepped.tasks.spawn("sleeps", sleep_until_rung());
        stepped.settle();
    }
};

TEST(Alarm, RingsWhenItsTimeHasComeAndNotBefore)
{
    Bedside bed;
    bed.alarm.set_after(10ms);
    bed.go_to_bed();
    bed.stepped.advance(9ms);
    EXPECT_EQ(bed.woken, 0);
    EXPECT_FALSE(bed.alarm.due());
    bed.stepped.clock.advance(1ms);
    EXPECT_EQ(bed.woken, 0);  // the clock posts
    EXPECT_TRUE(bed.alarm.due());
    bed.stepped.settle();
    EXPECT_EQ(bed.woken, 1);
}

TEST(Alarm, IsNotWaitedForWhenItsTimeHasPassedOrNoneIsSet)
{
    Bedside bed;
    bed.go_to_bed();
    EXPECT_EQ(bed.woken, 1);
    bed.alarm.set(bed.stepped.clock.now());
    bed.go_to_bed();
    EXPECT_EQ(bed.woken, 2);
    EXPECT_EQ(bed.stepped.clock.pending(), 0U);
}

TEST(Alarm, CanBeSetAnewWhileSomebodyWaits)
{
    Bedside bed;
    bed.alarm.set_after(10ms);
    bed.go_to_bed();
    bed.stepped.advance(5ms);
    bed.alarm.set_after(10ms);  // later than it was
    bed.stepped.advance(9ms);
    EXPECT_EQ(bed.woken, 0);
    bed.alarm.set_after(0ms);  // sooner
    bed.stepped.settle();
    EXPECT_EQ(bed.woken, 1);
}

TEST(Alarm, CanBeSetAnewThoughItHasRungAlready)
{
    Bedside bed;
    bed.alarm.set_after(10ms);
    bed.go_to_bed();
    bed.stepped.clock.advance(10ms);
    bed.alarm.set_after(10ms);  // who waits has not been woken yet, and sleeps on
    bed.stepped.settle();
    EXPECT_EQ(bed.woken, 0);
    bed.stepped.advance(10ms);
    EXPECT_EQ(bed.woken, 1);
}

TEST(Alarm, LetsGoWhoWaitsWhenItIsCancelled)
{
    Bedside bed;
    bed.alarm.set_after(10ms);
    bed.go_to_bed();
    bed.alarm.cancel();
    bed.stepped.settle();
    EXPECT_EQ(bed.woken, 1);
    EXPECT_FALSE(bed.alarm.is_set());
    EXPECT_EQ(bed.stepped.clock.pending(), 0U);
}

TEST(Alarm, LetsGoWhoIsCancelledAndStaysSet)
{
    Bedside bed;
    bed.alarm.set_after(10ms);
    bed.go_to_bed();
    bed.stepped.tasks.cancel();
    bed.stepped.settle();
    EXPECT_EQ(bed.stepped.tasks.size(), 0U);
    EXPECT_TRUE(bed.alarm.is_set());
    bed.go_to_bed();
    const int woken = bed.woken;
    bed.stepped.advance(10ms);
    EXPECT_EQ(bed.woken, woken + 1);
}

TEST(Alarm, RingsForEachOfManyInItsTime)
{
    Stepped stepped;
    std::vector<std::unique_ptr<runtime::Alarm>> alarms;
    for (int i = 0; i != 20; ++i) {
        alarms.push_back(std::make_unique<runtime::Alarm>(stepped.executor(), stepped.clock));
        stepped.tasks.spawn("sleeps", alarms.back()->wait_for(std::chrono::milliseconds(i + 1)));
    }
    stepped.settle();
    for (std::size_t left = 20; left != 0; --left) {
        EXPECT_EQ(stepped.tasks.size(), left);
        EXPECT_EQ(stepped.clock.pending(), left);
        stepped.advance(1ms);
    }
    EXPECT_EQ(stepped.tasks.size(), 0U);
}

TEST(Alarm, NeverRingsWhenSetForLongerThanTimeLasts)
{
    Bedside bed;
    bed.alarm.set_after(runtime::Time::Duration::max());
    bed.go_to_bed();
    bed.stepped.advance(std::chrono::years(100));
    EXPECT_EQ(bed.woken, 0);
    EXPECT_EQ(bed.alarm.when(), runtime::Time::Point::max());
}

TEST(Alarm, LeavesTheClockWhenItIsDestroyed)
{
    Stepped stepped;
    {
        runtime::Alarm alarm(stepped.executor(), stepped.clock);
        alarm.set_after(10ms);
        EXPECT_EQ(stepped.clock.pending(), 1U);
    }
    EXPECT_EQ(stepped.clock.pending(), 0U);
    stepped.advance(10ms);
}

TEST(Alarm, GoesByTheMachinesTimeIfItIsGivenThat)
{
    Stepped stepped;
    runtime::Alarm alarm(stepped.executor(), runtime::system_time);
    const auto began = std::chrono::steady_clock::now();
    stepped.tasks.spawn("sleeps", alarm.wait_for(3ms));
    while (stepped.tasks.size() != 0) stepped.context().run_one();
    EXPECT_GE(std::chrono::steady_clock::now() - began, 3ms);
}

TEST(ManualClock, TellsTheTimeOfDayByTheSameHand)
{
    runtime::ManualClock clock;
    const runtime::Clock time_of_day = clock.time_of_day();
    const std::int64_t before = time_of_day();
    clock.advance(1234ms);
    EXPECT_EQ(time_of_day() - before, 1234);
}

TEST(SystemTime, GoesOn)
{
    const auto before = runtime::system_time.now();
    EXPECT_LE(before, runtime::system_time.now());
    EXPECT_GT(runtime::unix_milliseconds(), 1'700'000'000'000);
}

}  // namespace
}  // namespace mini_redis::tests
