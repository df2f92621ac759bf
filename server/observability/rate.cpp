// A sample is the difference from the one before it.
#include "server/observability/rate.hpp"

#include <utility>

namespace mini_redis::observability {

void Rate::sample(std::uint64_t count, std::int64_t now_ms)
{
    const std::int64_t elapsed_ms = now_ms - last_ms_;
    if (elapsed_ms < interval_ms && elapsed_ms >= 0) return;
    const std::uint64_t counted = count - std::exchange(last_count_, count);
    // A clock that was set back says nothing of the time between.
    if (std::exchange(last_ms_, now_ms) == 0 || elapsed_ms < 0) return;
    per_second_[next_].store(counted * 1000 / static_cast<std::uint64_t>(elapsed_ms),
                             std::memory_order_relaxed);
    next_ = (next_ + 1) % per_second_.size();
}

std::uint64_t Rate::per_second() const
{
    std::uint64_t sum = 0;
    for (const auto& sample : per_second_) sum += sample.load(std::memory_order_relaxed);
    return sum / per_second_.size();
}

}  // namespace mini_redis::observability
