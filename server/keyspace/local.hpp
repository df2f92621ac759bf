// What one thread keeps for its work on the keys: counts that only it writes, its dice, and which
// keys it has changed that somebody waits for.
#pragma once

#include "server/keyspace/ready_keys.hpp"
#include "server/runtime/counter.hpp"

#include <cstdint>

namespace mini_redis::keyspace {

struct Local {
    runtime::Counter hits;
    runtime::Counter misses;
    runtime::Counter expired;
    runtime::Counter evicted;
    runtime::Counter changes;  // Redis' "dirty"

    // SplitMix64: uniform, and quick enough to be thrown at every access.
    std::uint64_t chance()
    {
        std::uint64_t z = state += 0x9e3779b97f4a7c15;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return z ^ (z >> 31);
    }

    std::uint64_t state;
    ReadyKeys ready;

    explicit Local(std::uint64_t seed) : state(seed) {}
};

}  // namespace mini_redis::keyspace
