// A number that one thread writes and any thread reads.
//
// It costs what a plain integer costs: no locked instruction, because nobody else writes. Sums over
// threads are made by whoever asks.
#pragma once

#include <atomic>
#include <cstdint>

namespace mini_redis::runtime {

// Book: shared-state/one-writer. A number with one writer needs neither lock nor atomic addition.
class Counter {
public:
    // Book: cells/one-writer. A number with one writer needs no locked instruction.
    // Book: data-parallelism/counting-apart. Each thread counts for itself, and who asks adds up.
    void add(std::uint64_t amount = 1) { set(get() + amount); }
    void subtract(std::uint64_t amount) { set(get() - amount); }
    void set(std::uint64_t value) { value_.store(value, std::memory_order_relaxed); }
    std::uint64_t get() const { return value_.load(std::memory_order_relaxed); }

private:
    std::atomic<std::uint64_t> value_{0};
};

}  // namespace mini_redis::runtime
