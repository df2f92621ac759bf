// A span: something that began, ended, and was part of something else. Spans with one trace id tell
// what became of one thing, a batch of requests for example, on whichever threads.
//
// Ids are those of W3C Trace Context and of OpenTelemetry: 16 bytes for a trace, 8 for a span, told
// in hexadecimal digits; 0 is nobody's.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace mini_redis::observability {

struct SpanContext {
    std::uint64_t trace_high = 0;
    std::uint64_t trace_low = 0;
    std::uint64_t span = 0;

    explicit operator bool() const { return span != 0; }
    bool operator==(const SpanContext&) const = default;
};

std::string trace_id(const SpanContext& context);
std::string span_id(const SpanContext& context);

enum class SpanKind : std::uint8_t {
    connection,  // from its accepted to its closed socket
    batch,       // from what was read to what was answered and taken
    command,     // of a batch, also one that was refused
    write,       // of replies, by one call of the system
    wait,        // until a batch can go on
    answer,      // of another thread or client to what waits
    shutdown,    // all of it
    phase,       // of a shutdown
};

struct Span {
    SpanContext context;
    SpanContext parent;  // a span of the same trace; nobody: it is the first
    SpanContext linked;  // one of another trace that it belongs to
    SpanKind kind{};
    std::string_view name;      // a literal, or a command's
    std::int64_t began_ns = 0;  // unix time
    std::int64_t ended_ns = 0;
    std::uint64_t client = 0;  // its id; 0: nobody's
    std::uint32_t thread = 0;  // its number, from 0
    bool failed = false;       // it was answered by an error
    // Of a batch.
    std::uint32_t commands = 0;
    std::uint64_t bytes_in = 0;
    std::uint64_t bytes_out = 0;
};

// What this thread works on in the step that it is in; nobody outside of a Trace::Step. A log line
// bears its ids.
inline thread_local SpanContext spanning{};

}  // namespace mini_redis::observability
