// The figures that INFO and MEMORY both tell: how full the databases are, and where memory goes.
#pragma once

#include "server/commands/grammar.hpp"
#include "server/observability/memory.hpp"

namespace mini_redis::commands {

struct DatabaseFigures {
    std::uint64_t keys = 0;
    std::uint64_t expiring = 0;
    std::uint64_t table_bytes = 0;
    Milliseconds ttl_average = 0;  // of a few keys; 0 if none has an expiry
};

// Of all databases, by number. Walks all shards.
std::vector<DatabaseFigures> database_figures(Context& context);

// Bytes, if nothing else is said.
struct MemoryFigures {
    std::uint64_t used = 0;
    std::uint64_t peak = 0;
    std::uint64_t at_start = 0;
    std::uint64_t clients = 0;  // buffers of their connections
    std::uint64_t tables = 0;   // what finds the entries
    std::uint64_t keys = 0;     // a number
    observability::MemoryReport process = {};

    std::uint64_t overhead() const { return at_start + clients + tables; }
    std::uint64_t dataset() const { return used > overhead() ? used - overhead() : 0; }
    std::uint64_t grown() const { return used > at_start ? used - at_start : 1; }
    double dataset_percent() const;
    double peak_percent() const;

    // Two amounts of memory of which the first holds the second: what the holding costs.
    struct Excess {
        double ratio;
        std::int64_t bytes;
    };
    Excess fragmentation() const;            // of all the process has
    Excess allocator_fragmentation() const;  // within the allocator's pages
    Excess allocator_excess() const;         // pages that the allocator holds without need
    Excess process_excess() const;           // what does not belong to the allocator
};

MemoryFigures memory_figures(const Context& context, const std::vector<DatabaseFigures>& databases);

// "1.50M", as Redis abbreviates.
std::string human_bytes(std::uint64_t bytes);

}  // namespace mini_redis::commands
