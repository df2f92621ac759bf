// A trace under way: a whole, and its parts as they end.
//
// It belongs to what it is about, a connection or a shutdown, and not to a thread: a task that is
// suspended takes it along. To a thread belongs only a Step, which cannot suspend.
#pragma once

#include "server/observability/tracer.hpp"

#include <cstdint>
#include <string_view>

namespace mini_redis::observability {

// All from the tracer's thread.
class Trace {
public:
    // It begins now. The tracer outlives it.
    Trace(Tracer& tracer, SpanKind kind, std::string_view name, std::uint64_t client = 0,
          SpanContext linked = {});
    Trace(const Trace&) = delete;
    Trace& operator=(const Trace&) = delete;
    // It ends now, and so does what is open.
    ~Trace();

    const SpanContext& context() const { return whole_.context; }
    std::int64_t now_ns() const { return tracer_.now_ns(); }

    // A part that began then, and has ended now. Returns when that is.
    std::int64_t add(SpanKind kind, std::string_view name, std::int64_t began_ns,
                     bool failed = false);

    // A part that begins now, and lasts until it is closed or the next one is opened: who waits, or
    // is in a phase, is in one at a time. One of the same name that was closed, with nothing since,
    // goes on instead: to look whether a wait is over does not make two of it.
    SpanContext open(SpanKind kind, std::string_view name);
    bool is_open() const { return open_.context && open_.ended_ns == 0; }
    void close();

    void heard(std::uint64_t bytes) { whole_.bytes_in += bytes; }
    void sent(std::uint64_t bytes) { whole_.bytes_out += bytes; }

    // While it lives, its thread works on this: what is logged bears the ids.
    // Book: observability/spans. A trace goes with its batch; a thread has it for a step.
    class [[nodiscard]] Step {
    public:
        explicit Step(const SpanContext& context) { spanning = context; }
        Step(const Step&) = delete;
        Step& operator=(const Step&) = delete;
        ~Step() { spanning = before_; }

    private:
        const SpanContext before_ = spanning;
    };

private:
    Span part(SpanKind kind, std::string_view name, std::int64_t began_ns);
    void record_closed();

    Tracer& tracer_;
    Span whole_;
    Span open_;
};

}  // namespace mini_redis::observability
