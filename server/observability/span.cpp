// Ids as they are told.
#include "server/observability/span.hpp"

#include <fmt/core.h>

namespace mini_redis::observability {

std::string trace_id(const SpanContext& context)
{
    return fmt::format("{:016x}{:016x}", context.trace_high, context.trace_low);
}

std::string span_id(const SpanContext& context)
{
    return fmt::format("{:016x}", context.span);
}

}  // namespace mini_redis::observability
