// What the commands on strings share: is it a string, is it too long, which part of it is meant.
#pragma once

#include "server/commands/grammar.hpp"

#include <algorithm>

namespace mini_redis::commands {

inline bool must_be_string(const Entry* entry, Writer& reply)
{
    return must_be(keyspace::Type::string, entry, reply);
}

// False, and an error written, if `size` and `more` bytes are too many for one string.
inline bool must_fit(std::uint64_t size, std::uint64_t more, Context& context, Writer& reply)
{
    const std::uint64_t max = context.services.config.proto_max_bulk_len.get();
    if (size <= max && more <= max - size) return true;
    reply.error(errors::string_too_long);
    return false;
}

inline void reply_with_string(const Entry* entry, Writer& reply)
{
    if (!entry) return reply.null();
    if (!must_be_string(entry, reply)) return;
    char scratch[24];
    reply.bulk(entry->text(scratch));
}

// Both ends belong to it; negative ones count from the end of what it is a range of.
struct Range {
    std::int64_t first;
    std::int64_t last;

    bool empty() const { return first > last; }
    bool backwards() const { return first < 0 && last < 0 && first > last; }

    // The part of it that lies in [0, size), not counted from the end any more.
    Range within(std::int64_t size) const
    {
        const auto from_start = [size](std::int64_t at) {
            return std::max<std::int64_t>(at < 0 ? at + size : at, 0);
        };
        return {from_start(first), std::min(from_start(last), size - 1)};
    }
};

}  // namespace mini_redis::commands
