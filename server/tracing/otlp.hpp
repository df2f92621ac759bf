// Spans as a request of OTLP (OpenTelemetry protocol 1.x) for the path /v1/traces, in its JSON
// form: ids are hexadecimal, 64-bit numbers are strings, and kinds are numbers.
// https://opentelemetry.io/docs/specs/otlp/
#pragma once

#include "server/observability/span.hpp"

#include <span>
#include <string>
#include <string_view>

namespace mini_redis::tracing {

// Which of the servers that a collector knows this is.
struct Origin {
    std::string_view version;
    std::string_view run_id;
};

std::string to_otlp(std::span<const observability::Span> spans, const Origin& origin);

}  // namespace mini_redis::tracing
