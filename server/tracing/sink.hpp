// Where spans go once they have been collected.
#pragma once

#include "server/observability/span.hpp"
#include "server/runtime/asio.hpp"

#include <cstddef>
#include <span>

namespace mini_redis::tracing {

using observability::Span;
using observability::SpanKind;
using runtime::awaitable;

class Sink {
public:
    virtual ~Sink() = default;

    // Returns how many of them it could not take.
    // Runs on: the exporter's thread.  When cancelled: returns; what was not taken is lost.
    // Fails: never.
    virtual awaitable<std::size_t> take(std::span<const Span> spans) = 0;
};

}  // namespace mini_redis::tracing
