// What all threads have counted together since the last CONFIG RESETSTAT.
//
// A thread's counts are written by that thread alone, so nobody can set them back: to reset is to
// remember where they stood, and to subtract that from then on.
#pragma once

#include "server/keyspace/local.hpp"
#include "server/observability/rate.hpp"
#include "server/observability/statistics.hpp"
#include "server/observability/tracer.hpp"

#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace mini_redis::dispatch {

// What each thread counts while it serves, and what it tells. Read by any, written by its own.
struct ThreadCounts {
    ThreadCounts(std::size_t commands, std::uint64_t seed) : statistics(commands), keyspace(seed) {}

    observability::Statistics statistics;
    keyspace::Local keyspace;
    observability::Tracer tracer;
};

// The sums of the counters that bear the same names.
struct Totals {
    std::uint64_t served = 0;
    std::uint64_t bytes_in = 0;
    std::uint64_t bytes_out = 0;
    std::uint64_t reads = 0;
    std::uint64_t writes = 0;
    std::uint64_t connections = 0;
    std::uint64_t refused = 0;
    std::uint64_t query_limit = 0;
    std::uint64_t output_limit = 0;
    std::uint64_t error_replies = 0;
    std::uint64_t hits = 0;
    std::uint64_t misses = 0;
    std::uint64_t expired = 0;
    std::uint64_t evicted = 0;
};

// Of one command.
struct CommandTotals {
    std::uint64_t calls = 0;
    std::uint64_t ticks = 0;
    std::uint64_t rejected = 0;
    std::uint64_t failed = 0;

    bool any() const { return (calls | rejected | failed) != 0; }
};

class Tally {
public:
    // The threads' counts are all there before the first of them begins.
    explicit Tally(const std::deque<ThreadCounts>& threads) : threads_(threads) {}

    Totals totals() const;
    CommandTotals command(std::size_t id) const;
    observability::HistogramSum nanoseconds(std::size_t id) const;  // of a command's runs
    std::map<std::string, std::uint64_t> errors() const;
    void reset();

    // Keeps the rates and the peak of the memory current. One thread calls it about ten times a
    // second.
    void sample(std::int64_t now_ms);

    observability::Rate commands_rate;
    observability::Rate bytes_in_rate;
    observability::Rate bytes_out_rate;

    // What was in use when the first sample was taken, before there was any data.
    std::uint64_t memory_at_start() const { return memory_at_start_.load(); }

private:
    const std::deque<ThreadCounts>& threads_;
    std::atomic<std::uint64_t> memory_at_start_{0};

    mutable std::mutex mutex_;
    Totals before_;
    std::vector<CommandTotals> commands_before_;
    std::map<std::size_t, observability::HistogramSum> nanoseconds_before_;
    std::map<std::string, std::uint64_t> errors_before_;
};

}  // namespace mini_redis::dispatch
