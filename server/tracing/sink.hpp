// Where spans go once they have been collected.
#pragma once

#include "server/observability/span.hpp"
#include "server/runtime/asio.hpp"

#include <cstddef>
#include <span>
#include <string_view>

namespace mini_redis::tracing {

using observability::Span;
using observability::SpanKind;
using runtime::awaitable;

class Sink {
public:
    virtual ~Sink() = default;

    // As a report calls it.
    virtual std::string_view name() const = 0;

    // Returns how many of them it could not take.
    // Runs on: the exporter's thread.  When cancelled: returns; what was not taken is lost.
    // Fails: with std::bad_alloc; then all of them are lost.
    virtual awaitable<std::size_t> take(std::span<const Span> spans) = 0;
};

}  // namespace mini_redis::tracing
