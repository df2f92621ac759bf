// Events that took longer than `latency-monitor-threshold`: LATENCY HISTORY, LATEST and DOCTOR.
//
// Per event the last 160 seconds in which it happened, each with its worst. Shared under one lock.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mini_redis::observability {

class LatencyMonitor {
public:
    static constexpr std::size_t samples_max = 160;

    struct Sample {
        std::int64_t unix_seconds;
        std::uint32_t milliseconds;
    };

    struct Event {
        std::string name;
        std::deque<Sample> samples;  // oldest first
        std::uint32_t worst_milliseconds = 0;
    };

    void add(std::string_view event, std::int64_t unix_seconds, std::uint32_t milliseconds);

    // The same if it took as long as the threshold; a threshold of 0 is none.
    void add_if_slow(std::string_view event, std::int64_t unix_seconds, std::int64_t milliseconds,
                     std::int64_t threshold)
    {
        if (threshold > 0 && milliseconds >= threshold)
            add(event, unix_seconds, static_cast<std::uint32_t>(milliseconds));
    }

    // By name.
    std::vector<Event> events() const;
    std::optional<Event> event(std::string_view name) const;
    // Forgets the named events (in any letter case), or all; returns how many there were.
    std::size_t reset(std::span<const std::string_view> names);

private:
    mutable std::mutex mutex_;
    std::map<std::string, Event, std::less<>> events_;
};

}  // namespace mini_redis::observability
