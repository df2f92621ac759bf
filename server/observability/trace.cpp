// What ends is recorded, a wait with what comes after it; the whole, which ends last, last.
#include "server/observability/trace.hpp"

#include <utility>

namespace mini_redis::observability {

Trace::Trace(Tracer& tracer, SpanKind kind, std::string_view name, std::uint64_t client,
             SpanContext linked)
    : tracer_(tracer)
{
    whole_.context = tracer.new_trace();
    whole_.linked = linked;
    whole_.kind = kind;
    whole_.name = name;
    whole_.began_ns = tracer.now_ns();
    whole_.client = client;
}

Trace::~Trace()
{
    close();
    record_closed();
    whole_.ended_ns = now_ns();
    tracer_.record(whole_);
}

Span Trace::part(SpanKind kind, std::string_view name, std::int64_t began_ns)
{
    Span span;
    span.context = tracer_.child_of(whole_.context);
    span.parent = whole_.context;
    span.kind = kind;
    span.name = name;
    span.began_ns = began_ns;
    span.client = whole_.client;
    return span;
}

std::int64_t Trace::add(SpanKind kind, std::string_view name, std::int64_t began_ns, bool failed)
{
    record_closed();
    Span span = part(kind, name, began_ns);
    span.ended_ns = now_ns();
    span.failed = failed;
    tracer_.record(span);
    if (kind == SpanKind::command) ++whole_.commands;
    return span.ended_ns;
}

SpanContext Trace::open(SpanKind kind, std::string_view name)
{
    close();
    if (open_.kind == kind && open_.name == name) {
        open_.ended_ns = 0;
    } else {
        record_closed();
        open_ = part(kind, name, now_ns());
    }
    return open_.context;
}

void Trace::close()
{
    if (is_open()) open_.ended_ns = now_ns();
}

void Trace::record_closed()
{
    if (open_.ended_ns != 0) tracer_.record(std::exchange(open_, {}));
}

}  // namespace mini_redis::observability
