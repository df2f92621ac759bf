// Time for measuring durations, as cheap as the machine has it: the processor's counter.
//
// Each command is timed, always; a system clock would cost a tenth of a small command, the counter
// a few nanoseconds. Only differences mean anything, and only between calls in the same process.
#pragma once

#include <chrono>
#include <cstdint>

#if defined(__x86_64__)
#include <x86intrin.h>
#endif

namespace mini_redis::observability {

using Ticks = std::uint64_t;

inline Ticks ticks_now()
{
#if defined(__x86_64__)
    return __rdtsc();
#elif defined(__aarch64__)
    Ticks now;
    asm volatile("mrs %0, cntvct_el0" : "=r"(now));
    return now;
#else
    return static_cast<Ticks>(std::chrono::steady_clock::now().time_since_epoch().count());
#endif
}

// How many ticks a microsecond has: measured against the steady clock, once, on the first call.
double ticks_per_microsecond();

inline std::uint64_t to_microseconds(Ticks ticks)
{
    return static_cast<std::uint64_t>(static_cast<double>(ticks) / ticks_per_microsecond());
}

}  // namespace mini_redis::observability
