// Calibration: both clocks are read together, a millisecond apart. A thread may be interrupted
// between the two readings of a pair, so of several pairs the closest is taken. And a virtual
// machine's counter may leap once, as it moves to another host's processor: so of three rates the
// middle one.
#include "server/observability/ticks.hpp"

#include <algorithm>
#include <array>
#include <limits>

namespace mini_redis::observability {
namespace {

using Clock = std::chrono::steady_clock;

struct Moment {
    Ticks ticks;
    Clock::time_point time;
};

Moment read_both()
{
    Moment closest{};
    Ticks distance = std::numeric_limits<Ticks>::max();
    for (int attempt = 0; attempt < 8; ++attempt) {
        const Ticks before = ticks_now();
        const auto time = Clock::now();
        const Ticks after = ticks_now();
        if (after - before >= distance) continue;
        distance = after - before;
        closest = {before + distance / 2, time};
    }
    return closest;
}

double rate_over_a_millisecond()
{
    const Moment first = read_both();
    while (Clock::now() - first.time < std::chrono::milliseconds(1)) continue;
    const Moment last = read_both();
    return static_cast<double>(last.ticks - first.ticks) /
           std::chrono::duration<double, std::micro>(last.time - first.time).count();
}

double calibrate()
{
    std::array rates{rate_over_a_millisecond(), rate_over_a_millisecond(),
                     rate_over_a_millisecond()};
    std::ranges::sort(rates);
    return rates[1];
}

}  // namespace

double ticks_per_microsecond()
{
    static const double rate = calibrate();
    return rate;
}

}  // namespace mini_redis::observability
