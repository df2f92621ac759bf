// Time. Who needs it is handed its source, so that a test can hand in its own.
//
// Two kinds: the time of day, which people read and which may jump, and steady time, which only
// goes on and is what one waits by. An Alarm waits upon either source of the latter.
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

class Alarm;

// Steady time.
class Time {
public:
    using Point = std::chrono::steady_clock::time_point;
    using Duration = std::chrono::steady_clock::duration;

    virtual ~Time() = default;
    virtual Point now() const = 0;

private:
    friend Alarm;

    // An alarm is set. Returns whether it will be rung from here; otherwise it waits by a timer of
    // the machine's.
    virtual bool watch(Alarm& alarm) = 0;
};

// The machine's. Without state: it may be shared by all threads.
class SystemTime final : public Time {
public:
    Point now() const override { return std::chrono::steady_clock::now(); }

private:
    bool watch(Alarm&) override { return false; }
};

inline SystemTime system_time;

}  // namespace mini_redis::runtime
