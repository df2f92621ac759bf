// From where and how many: a range of indices as LRANGE, LTRIM and ZRANGE mean it.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace mini_redis::commands {

struct IndexRange {
    std::size_t from = 0;
    std::size_t count = 0;
};

// The part of [start, stop] that lies in [0, size); negative ones count from the end.
inline IndexRange index_range(std::int64_t start, std::int64_t stop, std::size_t size)
{
    const auto end = static_cast<std::int64_t>(size);
    if (start < 0) start = std::max<std::int64_t>(start + end, 0);
    if (stop < 0) stop += end;
    stop = std::min(stop, end - 1);
    if (start > stop) return {};
    return {static_cast<std::size_t>(start), static_cast<std::size_t>(stop - start + 1)};
}

}  // namespace mini_redis::commands
