// The hash of a key. All that places a key is cut from this one number, from bits that do not
// overlap:
//
//   63 ............ 32 | 31 .. 26 | 25 ....... 10 | 9 ...... 0
//   position in table  |  unused  | tag of a slot |   shard
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
constexpr std::uint64_t tag_of(Hash hash)
{
    return (hash >> 10) & 0xffff;
}

// The position, as a fraction of the table in 2^-32: growing a table never changes the order of
// its keys, which is what SCAN's cursor rests on.
constexpr std::uint32_t position_of(Hash hash)
{
    return static_cast<std::uint32_t>(hash >> 32);
}

}  // namespace mini_redis::keyspace
