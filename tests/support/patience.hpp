// How long a test waits for what must come: long, because only a failure ever waits so long.
#pragma once

#include <chrono>
#include <thread>

namespace mini_redis::tests {

inline constexpr auto patience = std::chrono::seconds(20);

// Whether it becomes true before patience ends.
template <class Predicate>
bool eventually(Predicate&& predicate)
{
    const auto deadline = std::chrono::steady_clock::now() + patience;
    while (!predicate()) {
        if (std::chrono::steady_clock::now() > deadline) return false;
        std::this_thread::yield();
    }
    return true;
}

}  // namespace mini_redis::tests
