// How much memory the process uses, asked of the allocator and of the kernel.
//
// maxmemory is checked before every command, so the answer must be cheap: each thread registers its
// allocator's own running counts, and the sum of a few numbers is the answer.
#pragma once

#include <cstdint>
#include <string>

namespace mini_redis::observability {

// Call on every thread that allocates or frees for long. What it has counted stays counted when the
// thread ends.
void count_memory_of_this_thread();

// Bytes handed out by the allocator and not given back, over all registered threads.
std::uint64_t memory_used();

// The highest memory_used() that anybody has asked for.
std::uint64_t memory_used_peak();

struct MemoryReport {
    std::uint64_t resident = 0;  // of the process, by the kernel
    std::uint64_t allocator_allocated = 0;
    std::uint64_t allocator_active = 0;
    std::uint64_t allocator_resident = 0;
    std::uint64_t total_system = 0;
};

MemoryReport memory_report();

// Asks the allocator to give unused pages back to the kernel.
void memory_purge();

// Its name and version, as INFO shows it.
std::string allocator_name();

// What it says of itself, many pages; empty if it says nothing.
std::string allocator_statistics();

}  // namespace mini_redis::observability
