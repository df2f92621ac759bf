// One thread's end of the tracing: it chooses what is traced, gives ids, and keeps the spans that
// have ended until they are collected.
//
//   worker's thread -> [ a ring of spans ] -> collector's thread
//
// The ring has one writer and one reader, and no lock. When it is full a span is dropped and
// counted: to be observed must not make anybody wait. Before begin() to ask whether something is to
// be traced costs a load.
#pragma once

#include "server/observability/span.hpp"
#include "server/runtime/clock.hpp"
#include "server/runtime/counter.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <random>
#include <vector>

namespace mini_redis::observability {

class Tracer {
public:
    static constexpr std::size_t spans_max = 8192;  // that wait to be collected

    Tracer();
    ~Tracer();

    // Before its thread works. `run` is a number of 64 random bits, the same for all threads of a
    // server; `time` outlives it.
    void begin(std::uint32_t thread, std::uint64_t run, const runtime::Time& time);
    bool on() const { return ring_ != nullptr; }

    // From its own thread.

    // Whether the next of many things is to be traced, if one in so many is; 0: none. Which ones is
    // left to chance, so that what comes at regular intervals is neither missed nor all that is
    // seen.
    bool chooses(std::uint64_t one_in);
    std::int64_t now_ns() const;
    SpanContext new_trace() { return {chance_(), chance_(), chance_() | 1}; }
    SpanContext child_of(const SpanContext& parent)
    {
        return {parent.trace_high, parent.trace_low, chance_() | 1};
    }
    // The span that a connection will have been: the same whenever it is asked for.
    SpanContext connection(std::uint64_t client) const;
    void record(Span span) noexcept;

    // From the collector's thread: moves what has been recorded to the end of `spans`.
    void collect(std::vector<Span>& spans);

    // For any thread.
    runtime::Counter recorded;
    runtime::Counter dropped;  // of those, because nobody collected them in time

private:
    struct Ring;

    std::uint32_t thread_ = 0;
    std::uint64_t run_ = 0;
    std::uint64_t until_chosen_ = 0;
    const runtime::Time* time_ = nullptr;
    std::int64_t unix_offset_ns_ = 0;
    std::mt19937_64 chance_;
    std::unique_ptr<Ring> ring_;
};

}  // namespace mini_redis::observability
