// The time of day. Who needs it takes a Clock, so that a test can hand in its own.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>

namespace mini_redis::runtime {

// Unix time in milliseconds.
using Clock = std::function<std::int64_t()>;

inline std::int64_t unix_milliseconds()
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
}

}  // namespace mini_redis::runtime
