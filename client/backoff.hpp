// How long to pause before connecting again: exponential backoff with full jitter.
//
// The longest pause doubles with every failure up to a maximum; the pause itself is anything up to
// that. A server that comes back is then not met by all its clients at once.
#pragma once

#include <algorithm>
#include <chrono>

namespace mini_redis::client {

class Backoff {
public:
    using Duration = std::chrono::nanoseconds;

    Backoff(Duration first, Duration max) : first_(std::min(first, max)), max_(max), most_(first_)
    {
    }

    // The pause after another failure. `chance` is from 0 to less than 1.
    Duration next(double chance)
    {
        const auto pause = std::chrono::duration<double, std::nano>(most_) * chance;
        most_ = most_ > max_ / 2 ? max_ : most_ * 2;
        return std::chrono::duration_cast<Duration>(pause);
    }
    // After a success.
    void reset() { most_ = first_; }

private:
    Duration first_;
    Duration max_;
    Duration most_;
};

}  // namespace mini_redis::client
