// Figures per second, from counts and a clock that is handed in.
#include "server/observability/rate.hpp"

#include "server/observability/ticks.hpp"

#include <algorithm>
#include <array>

#include <gtest/gtest.h>

namespace mini_redis::observability {
namespace {

TEST(Rate, IsTheAverageOfTheLastSixteenSamples)
{
    Rate rate;
    rate.sample(1000, 10'000);  // what was before does not count
    EXPECT_EQ(rate.per_second(), 0U);
    std::uint64_t count = 1000;
    std::int64_t now = 10'000;
    for (int i = 0; i < 16; ++i) rate.sample(count += 50, now += 100);
    EXPECT_EQ(rate.per_second(), 500U);
    for (int i = 0; i < 8; ++i) rate.sample(count, now += 100);
    EXPECT_EQ(rate.per_second(), 250U);
    for (int i = 0; i < 8; ++i) rate.sample(count, now += 100);
    EXPECT_EQ(rate.per_second(), 0U);
}

TEST(Rate, DoesNotMindHowOftenItIsAsked)
{
    Rate often;
    Rate seldom;
    for (std::int64_t now = 0; now <= 3200; now += 10) {
        often.sample(static_cast<std::uint64_t>(now) * 5, 1000 + now);
        if (now % 100 == 0) seldom.sample(static_cast<std::uint64_t>(now) * 5, 1000 + now);
    }
    EXPECT_EQ(often.per_second(), 5000U);
    EXPECT_EQ(often.per_second(), seldom.per_second());
}

TEST(Rate, AClockThatIsSetBackSpoilsNothing)
{
    Rate rate;
    rate.sample(0, 10'000);
    rate.sample(100, 5'000);
    rate.sample(200, 5'100);
    EXPECT_EQ(rate.per_second(), 1000U / 16);
}

TEST(Ticks, AreMicrosecondsWhenDivided)
{
    using Clock = std::chrono::steady_clock;
    ticks_per_microsecond();  // calibrates
    std::array<double, 3> ratios{};
    for (double& ratio : ratios) {
        const auto began = Clock::now();
        const Ticks first = ticks_now();
        while (Clock::now() - began < std::chrono::milliseconds(5)) continue;
        const auto us = static_cast<double>(to_microseconds(ticks_now() - first));
        const std::chrono::duration<double, std::micro> exact = Clock::now() - began;
        ratio = us / exact.count();
    }
    // One of them may have been interrupted between the readings, or the counter have leapt.
    std::ranges::sort(ratios);
    EXPECT_NEAR(ratios[1], 1.0, 0.01);
}

}  // namespace
}  // namespace mini_redis::observability
