// The 24 bits of an entry that tell when, or how often, it was used: Redis' LRU and LFU clocks.
//
//   LRU   24 bits: the second of the last use, modulo 194 days
//   LFU   16 bits: the minute of the last decay | 8 bits: a logarithmic count of uses
#pragma once

#include <algorithm>
#include <cstdint>

#include "server/keyspace/entry.hpp"

namespace mini_redis::keyspace {

inline std::uint32_t lru_clock(Milliseconds now) { return static_cast<std::uint32_t>(now / 1000) & 0xffffffU; }

// Milliseconds since the last use, at the clock's resolution.
inline Milliseconds lru_idle(std::uint32_t clock, Milliseconds now)
{
    return Milliseconds{(lru_clock(now) - clock) & 0xffffffU} * 1000;
}

inline std::uint32_t lfu_minute(Milliseconds now) { return static_cast<std::uint32_t>(now / 60'000) & 0xffffU; }

inline constexpr std::uint32_t lfu_initial_count = 5;

inline std::uint32_t lfu_clock(Milliseconds now, std::uint32_t count) { return lfu_minute(now) << 8 | count; }

// The count as it is by now: one less for every `decay_minutes` without use; 0 turns decay off.
inline std::uint32_t lfu_count(std::uint32_t clock, Milliseconds now, std::uint32_t decay_minutes)
{
    const std::uint32_t count = clock & 255U;
    const std::uint32_t elapsed = (lfu_minute(now) - (clock >> 8)) & 0xffffU;
    return decay_minutes == 0 ? count : count - std::min(count, elapsed / decay_minutes);
}

// One more use: the higher the count already, the less likely it grows. `chance` is uniform in 2^64.
inline std::uint32_t lfu_count_after_use(std::uint32_t count, std::uint32_t log_factor,
                                         std::uint64_t chance)
{
    if (count == 255) return count;
    const std::uint32_t above = count > lfu_initial_count ? count - lfu_initial_count : 0;
    const double one_in = static_cast<double>(above) * log_factor + 1.0;
    return static_cast<double>(chance) * one_in < 18446744073709551616.0 ? count + 1 : count;
}

}  // namespace mini_redis::keyspace
