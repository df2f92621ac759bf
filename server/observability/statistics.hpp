// What one thread counts while it works. Only it writes; INFO adds the threads up.
#pragma once

#include "server/observability/histogram.hpp"
#include "server/observability/ticks.hpp"
#include "server/runtime/counter.hpp"

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace mini_redis::observability {

// Of one command.
struct CommandStatistics {
    runtime::Counter calls;
    runtime::Counter ticks;
    runtime::Counter rejected;                     // refused before it ran
    runtime::Counter failed;                       // ran, and answered with an error
    std::atomic<Histogram*> nanoseconds{nullptr};  // made with the first call

    CommandStatistics() = default;
    CommandStatistics(const CommandStatistics&) = delete;
    CommandStatistics& operator=(const CommandStatistics&) = delete;
    ~CommandStatistics() { delete nanoseconds.load(); }

    void ran(Ticks duration, double nanoseconds_per_tick, bool tracking_latency)
    {
        calls.add();
        ticks.add(duration);
        if (tracking_latency) took(duration, nanoseconds_per_tick);
    }
    // For the distribution of latencies alone.
    void took(Ticks duration, double nanoseconds_per_tick)
    {
        Histogram* histogram = nanoseconds.load(std::memory_order_relaxed);
        if (!histogram) {
            histogram = new Histogram;
            nanoseconds.store(histogram, std::memory_order_release);
        }
        histogram->add(
            static_cast<std::uint64_t>(static_cast<double>(duration) * nanoseconds_per_tick));
    }
};

class Statistics {
public:
    explicit Statistics(std::size_t commands)
        : commands_(std::make_unique<CommandStatistics[]>(commands)), size_(commands)
    {
    }

    CommandStatistics& command(std::size_t id) { return commands_[id]; }
    const CommandStatistics& command(std::size_t id) const { return commands_[id]; }
    std::size_t commands() const { return size_; }

    // Error replies by their code, as INFO errorstats shows them. `text` is without the '-'.
    void count_error(std::string_view text);
    std::map<std::string, std::uint64_t> errors() const;

    static constexpr std::size_t error_codes_max = 128;

    runtime::Counter served;  // commands
    runtime::Counter bytes_in;
    runtime::Counter bytes_out;
    runtime::Counter reads;
    runtime::Counter writes;
    runtime::Counter connections;   // accepted
    runtime::Counter refused;       // for maxclients
    runtime::Counter query_limit;   // closed for asking too much at once
    runtime::Counter output_limit;  // closed for not reading
    runtime::Counter error_replies;

private:
    std::unique_ptr<CommandStatistics[]> commands_;
    std::size_t size_;
    mutable std::mutex mutex_;  // of the errors: rare, and their codes are strings
    std::map<std::string, std::uint64_t, std::less<>> errors_;
};

}  // namespace mini_redis::observability
