// What the entries of a stream are known and ordered by: a moment and a number within it.
#pragma once

#include <compare>
#include <cstdint>
#include <limits>
#include <optional>

namespace mini_redis::values {

struct StreamId {
    std::uint64_t ms = 0;
    std::uint64_t seq = 0;

    auto operator<=>(const StreamId&) const = default;

    bool is_zero() const { return ms == 0 && seq == 0; }

    // The next one there can be, and the last before it; nothing behind the last of all, or before
    // the first.
    std::optional<StreamId> after() const
    {
        if (seq != number_max) return StreamId{ms, seq + 1};
        return ms != number_max ? std::optional(StreamId{ms + 1, 0}) : std::nullopt;
    }
    std::optional<StreamId> before() const
    {
        if (seq != 0) return StreamId{ms, seq - 1};
        return ms != 0 ? std::optional(StreamId{ms - 1, number_max}) : std::nullopt;
    }

    static constexpr std::uint64_t number_max = std::numeric_limits<std::uint64_t>::max();
};

inline constexpr StreamId stream_id_max{StreamId::number_max, StreamId::number_max};

}  // namespace mini_redis::values
