// Events that took longer than `latency-monitor-threshold`: LATENCY HISTORY, LATEST and DOCTOR.
//
// Per event the last 160 seconds in which it happened, each with its worst. Shared under one lock.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
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

    std::vector<Event> events() const;
    // Forgets the named events, or all; returns how many there were.
    std::size_t reset(const std::vector<std::string_view>& names);

private:
    mutable std::mutex mutex_;
    std::map<std::string, Event, std::less<>> events_;
};

}  // namespace mini_redis::observability
