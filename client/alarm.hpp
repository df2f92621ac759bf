// Time as the client sees it: what time it is, and one alarm. Handed in, so that a test owns it.
#pragma once

#include "client/asio.hpp"

#include <chrono>

namespace mini_redis::client {

using TimePoint = std::chrono::steady_clock::time_point;
inline constexpr TimePoint never = TimePoint::max();

class Alarm {
public:
    virtual ~Alarm() = default;

    virtual TimePoint now() const = 0;
    // It rings then, and not when it was set to ring before.
    virtual void set(TimePoint when) = 0;
    // Waits until it rings or is set anew: a hint.
    // Runs on: the client's executor.  When cancelled: not cancellable; set it.  Fails: never.
    virtual awaitable<void> rung() = 0;
};

class TimerAlarm final : public Alarm {
public:
    explicit TimerAlarm(const Executor& executor) : timer_(executor, never) {}

    TimePoint now() const override { return std::chrono::steady_clock::now(); }
    void set(TimePoint when) override { timer_.expires_at(when); }
    awaitable<void> rung() override { co_await timer_.async_wait(use_tuple); }

private:
    Timer timer_;
};

}  // namespace mini_redis::client
