// The shortest way from bytes to the most common replies: a scalar that has arrived whole is seen
// where it lies, without a copy. Everything else is for protocol::ReplyParser.
#pragma once

#include "protocol/value.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace mini_redis::client {

// A view of a reply; one of the kinds null, simple, error, integer and bulk.
struct Scalar {
    protocol::Value::Kind kind = protocol::Value::Kind::null;
    std::string_view text;
    std::int64_t integer = 0;
    std::size_t length = 0;  // of the whole reply on the wire

    protocol::Value value() const;
};

// The scalar at the front of `bytes`. Nothing if there is none: because it has not arrived whole,
// because it is something else, or because it is wrong; the parser tells.
std::optional<Scalar> scan(std::string_view bytes);

}  // namespace mini_redis::client
