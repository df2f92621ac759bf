// By Boost.JSON. Attributes have the names that OpenTelemetry's conventions give them where they
// do, and otherwise begin with `redis.`
#include "server/tracing/otlp.hpp"

#include <boost/json.hpp>

namespace mini_redis::tracing {
namespace json = boost::json;
using observability::Span;
using observability::SpanKind;

namespace {

// Of enum SpanKind and enum StatusCode in OpenTelemetry's trace.proto.
constexpr int internal = 1;
constexpr int server = 2;
constexpr int error = 2;

json::object attribute(std::string_view key, std::string_view text)
{
    return {{"key", key}, {"value", {{"stringValue", text}}}};
}

json::object attribute(std::string_view key, std::uint64_t number)
{
    return {{"key", key}, {"value", {{"intValue", std::to_string(number)}}}};
}

json::array attributes_of(const Span& span)
{
    json::array all{attribute("thread.id", std::uint64_t{span.thread})};
    if (span.client != 0) all.push_back(attribute("redis.client.id", span.client));
    if (span.kind == SpanKind::command || span.kind == SpanKind::answer) {
        all.push_back(attribute("db.system.name", "redis"));
        all.push_back(attribute("db.operation.name", span.name));
    }
    if (span.kind == SpanKind::batch) {
        all.push_back(attribute("db.system.name", "redis"));
        if (span.commands > 1)  // as the conventions want it
            all.push_back(attribute("db.operation.batch.size", std::uint64_t{span.commands}));
        all.push_back(attribute("redis.bytes_in", span.bytes_in));
        all.push_back(attribute("redis.bytes_out", span.bytes_out));
    }
    return all;
}

json::object to_json(const Span& span)
{
    json::object out{
        {"traceId", trace_id(span.context)},
        {"spanId", span_id(span.context)},
        {"name", span.name},
        {"kind", span.kind == SpanKind::batch ? server : internal},
        {"startTimeUnixNano", std::to_string(span.began_ns)},
        {"endTimeUnixNano", std::to_string(span.ended_ns)},
        {"attributes", attributes_of(span)},
    };
    if (span.parent) out["parentSpanId"] = span_id(span.parent);
    if (span.linked)
        out["links"] = {{{"traceId", trace_id(span.linked)}, {"spanId", span_id(span.linked)}}};
    if (span.failed) out["status"] = {{"code", error}};
    return out;
}

}  // namespace

std::string to_otlp(std::span<const Span> spans, const Origin& origin)
{
    json::array told;
    for (const Span& span : spans) told.push_back(to_json(span));
    const json::array resource{attribute("service.name", "mini-redis"),
                               attribute("service.version", origin.version),
                               attribute("service.instance.id", origin.run_id)};
    const json::object scope{{"scope", {{"name", "mini-redis"}}}, {"spans", std::move(told)}};
    const json::object all{{"resource", {{"attributes", resource}}},
                           {"scopeSpans", json::array{scope}}};
    return json::serialize(json::object{{"resourceSpans", json::array{all}}});
}

}  // namespace mini_redis::tracing
