// A key as a command names it: the bytes, in the read buffer, and their hash.
//
// The hash is computed once, before the command runs, because the whole batch is prefetched by it.
#pragma once

#include "server/keyspace/hash.hpp"

#include <string_view>

namespace mini_redis::keyspace {

struct Key {
    std::string_view name;
    Hash hash = 0;

    Key() = default;
    explicit Key(std::string_view key_name) : name(key_name), hash(hash_of(key_name)) {}
    Key(std::string_view key_name, Hash key_hash) : name(key_name), hash(key_hash) {}

    std::size_t shard() const { return shard_of(hash); }
    bool operator==(const Key& other) const { return name == other.name; }
};

// What a command names inside the value of its key: a field, or a member.
struct Member {
    Key key;
    Hash hash = 0;  // of the member

    Member(const Key& whose, std::string_view member)
        : key(whose), hash(runtime::keyed_hash(member))
    {
    }
};

}  // namespace mini_redis::keyspace
