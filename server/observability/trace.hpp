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

    // A part that began then, and has ended now.
    void add(SpanKind kind, std::string_view name, std::int64_t began_ns, bool failed = false);

    // A part that begins now, and lasts until it is closed or the next one is opened: who waits, or
    // is in a phase, is in one at a time.
    SpanContext open(SpanKind kind, std::string_view name);
    bool is_open() const { return static_cast<bool>(open_.context); }
    void close();

    void heard(std::uint64_t bytes) { whole_.bytes_in += bytes; }
    void sent(std::uint64_t bytes) { whole_.bytes_out += bytes; }

    // While it lives, its thread works on this: what is logged bears the ids.
    // Book: observability/spans. A trace goes with its batch; a thread has it for a step.
    class [[nodiscard]] Step {
    public:
        explicit Step(const SpanContext& context);
        explicit Step(const Trace* trace);  // of no trace, if it is null
        Step(const Step&) = delete;
        Step& operator=(const Step&) = delete;
        ~Step() { spanning = before_; }

    private:
        SpanContext before_;
    };

private:
    Span part(SpanKind kind, std::string_view name, std::int64_t began_ns);

    Tracer& tracer_;
    Span whole_;
    Span open_;
};

inline Trace::Step::Step(const SpanContext& context) : before_(spanning)
{
    spanning = context;
}
inline Trace::Step::Step(const Trace* trace) : Step(trace ? trace->context() : SpanContext()) {}

}  // namespace mini_redis::observability
