// Spans to tell of.
#pragma once

#include "server/observability/span.hpp"

namespace mini_redis::tests {

inline observability::Span a_batch()
{
    observability::Span span;
    span.context = {.trace_high = 1, .trace_low = 2, .span = 3};
    span.linked = {.trace_high = 4, .trace_low = 5, .span = 6};
    span.kind = observability::SpanKind::batch;
    span.name = "batch";
    span.began_ns = 1'700'000'000'000'001'000;
    span.ended_ns = 1'700'000'000'000'004'500;
    span.client = 7;
    span.thread = 1;
    span.commands = 2;
    span.bytes_in = 30;
    span.bytes_out = 40;
    return span;
}

inline observability::Span a_command()
{
    observability::Span span = a_batch();
    span.parent = span.context;
    span.linked = {};
    span.context.span = 8;
    span.kind = observability::SpanKind::command;
    span.name = "get";
    span.failed = true;
    return span;
}

// Of the batch, and what answered it.
inline observability::Span a_wait()
{
    observability::Span span = a_command();
    span.kind = observability::SpanKind::wait;
    span.name = "wait for a key";
    return span;
}
inline observability::Span an_answer()
{
    observability::Span span = a_wait();
    span.parent = span.context;
    span.context.span = 9;
    span.kind = observability::SpanKind::answer;
    span.name = "blpop";
    span.thread = 0;
    return span;
}

}  // namespace mini_redis::tests
