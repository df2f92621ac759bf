// The wheel beside a model that cannot be wrong: a sorted list of all that is set.
#include "server/runtime/timer_wheel.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace mini_redis::tests {
namespace {

using runtime::Timeout;
using runtime::TimerWheel;

// Who came, and when that was by the wheel.
using Came = std::vector<std::pair<std::uint64_t, int>>;

struct Train {
    Train(int train_number, TimerWheel& its_wheel, Came& its_came)
        : number(train_number), wheel(its_wheel), came(its_came)
    {
    }

    void arrive()
    {
        came.emplace_back(wheel.now_ms(), number);
        if (repeats_ms != 0) wheel.set(timeout, wheel.now_ms() + repeats_ms);
    }

    int number;
    TimerWheel& wheel;
    Came& came;
    std::uint64_t repeats_ms = 0;
    Timeout timeout = Timeout::calling<&Train::arrive>(*this);
};

struct Station {
    explicit Station(std::uint64_t now_ms = 0) : wheel(now_ms) {}

    Train& train(int number)
    {
        return *trains.emplace_back(std::make_unique<Train>(number, wheel, came));
    }

    TimerWheel wheel;
    Came came;
    std::vector<std::unique_ptr<Train>> trains;
};

TEST(TimerWheel, CallsEachInItsMillisecond)
{
    Station station;
    for (int number = 0; number != 300; ++number)
        station.wheel.set(station.train(number).timeout, static_cast<std::uint64_t>(number) + 1);
    for (std::uint64_t now = 1; now <= 300; ++now) {
        EXPECT_LE(station.wheel.next_ms().value_or(0), now);
        EXPECT_EQ(station.wheel.advance(now), 1U);
        EXPECT_EQ(station.came.back(), std::pair(now, static_cast<int>(now) - 1));
    }
    EXPECT_EQ(station.wheel.next_ms(), std::nullopt);
}

TEST(TimerWheel, CallsInOrderWhenMuchTimeHasPassed)
{
    Station station(1'700'000'000'000);
    for (const int delay : {70, 5000, 1, 64, 63, 65, 4096, 100'000'000, 4095, 2})
        station.wheel.set(station.train(delay).timeout,
                          station.wheel.now_ms() + static_cast<std::uint64_t>(delay));
    EXPECT_EQ(station.wheel.advance(station.wheel.now_ms() + 1'000'000'000), 10U);
    EXPECT_TRUE(std::ranges::is_sorted(station.came));
    for (const auto& [now, delay] : station.came)
        EXPECT_EQ(now, 1'700'000'000'000 + static_cast<std::uint64_t>(delay));
}

TEST(TimerWheel, ForgetsWhatIsCancelledOrDestroyed)
{
    Station station;
    Train& kept = station.train(0);
    Train& cancelled = station.train(1);
    station.train(2);
    for (const auto& train : station.trains) station.wheel.set(train->timeout, 100);
    EXPECT_TRUE(cancelled.timeout.is_set());
    cancelled.timeout.cancel();
    cancelled.timeout.cancel();
    EXPECT_FALSE(cancelled.timeout.is_set());
    station.trains.pop_back();
    EXPECT_EQ(station.wheel.advance(100), 1U);
    EXPECT_EQ(station.came, (Came{{100, 0}}));
    EXPECT_FALSE(kept.timeout.is_set());
}

TEST(TimerWheel, CallsALateDeadlineOneMillisecondOn)
{
    Station station(500);
    station.wheel.set(station.train(0).timeout, 3);
    EXPECT_EQ(station.wheel.advance(500), 0U);
    EXPECT_EQ(station.wheel.advance(501), 1U);
}

TEST(TimerWheel, TakesDeadlinesAtTheEndOfTime)
{
    Station station(1);
    constexpr std::uint64_t last = ~std::uint64_t{0};
    station.wheel.set(station.train(0).timeout, last);
    EXPECT_EQ(station.wheel.advance(last - 1), 0U);
    EXPECT_EQ(station.wheel.advance(last), 1U);
}

TEST(TimerWheel, DoesNotGoBack)
{
    Station station(1000);
    station.wheel.advance(10);
    EXPECT_EQ(station.wheel.now_ms(), 1000U);
}

TEST(TimerWheel, CallsWhatIsSetWithinTheTimeThatPasses)
{
    Station station;
    Train& train = station.train(0);
    train.repeats_ms = 10;
    station.wheel.set(train.timeout, 5);
    EXPECT_EQ(station.wheel.advance(100), 10U);
    EXPECT_EQ(station.came.front().first, 5U);
    EXPECT_EQ(station.came.back().first, 95U);
    EXPECT_EQ(train.timeout.when_ms(), 105U);
}

// The first to come cancels one and destroys another that were to come with it.
TEST(TimerWheel, LetsWhatComesCancelAndDestroyTheRest)
{
    struct Crash {
        explicit Crash(Station& its_station) : station(its_station) {}
        void happen()
        {
            ++happened;
            station.trains[0]->timeout.cancel();
            station.trains.pop_back();
        }
        Station& station;
        int happened = 0;
        Timeout timeout = Timeout::calling<&Crash::happen>(*this);
    };
    Station station;
    Crash crash(station);
    station.wheel.set(crash.timeout, 70);
    for (int i = 0; i != 3; ++i) station.wheel.set(station.train(i).timeout, 70);
    EXPECT_EQ(station.wheel.advance(70), 2U);
    EXPECT_EQ(crash.happened, 1);
    EXPECT_EQ(station.came, (Came{{70, 1}}));
}

TEST(TimerWheel, LetsTimeoutsOutliveIt)
{
    struct Nobody {
        void come() {}
    } nobody;
    Timeout timeout = Timeout::calling<&Nobody::come>(nobody);
    {
        TimerWheel wheel(0);
        wheel.set(timeout, 10);
        EXPECT_TRUE(timeout.is_set());
    }
    EXPECT_FALSE(timeout.is_set());
}

// All that is set, by the millisecond in which it has to come.
class Timetable {
public:
    void set(int number, std::uint64_t when_ms, std::uint64_t now_ms)
    {
        cancel(number);
        table_.emplace(std::max(when_ms, now_ms + 1), number);
    }
    void cancel(int number)
    {
        std::erase_if(table_, [number](const auto& entry) { return entry.second == number; });
    }
    Came advance(std::uint64_t now_ms, const Station& station)
    {
        Came came;
        while (!table_.empty() && table_.begin()->first <= now_ms) {
            const auto [when, number] = *table_.begin();
            table_.erase(table_.begin());
            came.emplace_back(when, number);
            const std::uint64_t repeats =
                station.trains[static_cast<std::size_t>(number)]->repeats_ms;
            if (repeats != 0) set(number, when + repeats, when);
        }
        std::ranges::sort(came);
        return came;
    }
    std::optional<std::uint64_t> next_ms() const
    {
        return table_.empty() ? std::nullopt : std::optional(table_.begin()->first);
    }

private:
    std::multimap<std::uint64_t, int> table_;
};

TEST(TimerWheel, AgreesWithATimetableWhateverIsDone)
{
    constexpr int trains = 60;
    std::size_t came = 0;
    for (unsigned seed = 1; seed <= 40; ++seed) {
        std::mt19937_64 dice(seed);
        const auto upto = [&dice](std::uint64_t bound) { return dice() % bound; };
        // Of any magnitude up to the scale: of seconds with one seed, of years with the next.
        const unsigned scale = seed % 2 == 0 ? 14 : 38;
        const auto span = [&] { return upto(std::uint64_t{1} << (1 + upto(scale))); };
        Station station(upto(std::uint64_t{1} << 41));
        Timetable timetable;
        for (int number = 0; number != trains; ++number)
            station.train(number).repeats_ms =
                number % 5 == 0 ? (std::uint64_t{1} << (scale - 4)) + span() : 0;
        for (int act = 0; act != 4000; ++act) {
            const int number = static_cast<int>(upto(trains));
            Train& train = *station.trains[static_cast<std::size_t>(number)];
            const std::uint64_t now = station.wheel.now_ms();
            if (const auto what = upto(10); what < 5) {
                const std::uint64_t when = upto(20) == 0 ? now - upto(9) : now + span();
                station.wheel.set(train.timeout, when);
                timetable.set(number, when, now);
            } else if (what < 7) {
                train.timeout.cancel();
                timetable.cancel(number);
            } else {
                const std::uint64_t to = now + (upto(3) == 0 ? upto(3) : span());
                station.came.clear();
                const std::size_t count = station.wheel.advance(to);
                EXPECT_TRUE(std::ranges::is_sorted(station.came, {}, &Came::value_type::first));
                std::ranges::sort(station.came);
                ASSERT_EQ(station.came, timetable.advance(to, station)) << "seed " << seed;
                ASSERT_EQ(count, station.came.size());
                came += count;
            }
            const auto next = station.wheel.next_ms();
            const auto due = timetable.next_ms();
            ASSERT_EQ(next.has_value(), due.has_value()) << "seed " << seed;
            ASSERT_LE(next.value_or(0), due.value_or(0)) << "seed " << seed;
            ASSERT_TRUE(!next || *next > station.wheel.now_ms()) << "seed " << seed;
        }
    }
    EXPECT_GT(came, 10'000U);
}

// An alarm that always waits until next_ms() is woken at most once a level for each deadline.
TEST(TimerWheel, AsksToBeMovedOnAtMostOnceALevel)
{
    Station station(123'456'789);
    const std::uint64_t when = station.wheel.now_ms() + 987'654'321;
    station.wheel.set(station.train(0).timeout, when);
    int woken = 0;
    while (const auto next = station.wheel.next_ms()) {
        station.wheel.advance(*next);
        ++woken;
    }
    EXPECT_EQ(station.came, (Came{{when, 0}}));
    EXPECT_LE(woken, 6);
}

}  // namespace
}  // namespace mini_redis::tests
