// The hash of a key, and its shard, from the lowest ten bits, which a table does not use
// (values/table.hpp).
#pragma once

#include "server/runtime/keyed_hash.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace mini_redis::keyspace {

using Hash = std::uint64_t;

inline constexpr std::size_t shard_count = 1024;

inline Hash hash_of(std::string_view key) noexcept
{
    return runtime::keyed_hash(key);
}

constexpr std::size_t shard_of(Hash hash)
{
    return hash & (shard_count - 1);
}

}  // namespace mini_redis::keyspace
