// Calibration: two readings of both clocks, two milliseconds apart.
#include "server/observability/ticks.hpp"

namespace mini_redis::observability {
namespace {

double calibrate()
{
    using Clock = std::chrono::steady_clock;
    const auto began = Clock::now();
    const Ticks first = ticks_now();
    auto now = Clock::now();
    while (now - began < std::chrono::milliseconds(2)) now = Clock::now();
    const Ticks last = ticks_now();
    return static_cast<double>(last - first) /
           std::chrono::duration<double, std::micro>(now - began).count();
}

}  // namespace

double ticks_per_microsecond()
{
    static const double rate = calibrate();
    return rate;
}

}  // namespace mini_redis::observability
