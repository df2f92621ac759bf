// Making room: which key goes when memory is full.
//
// Redis' approximation: sample a few keys, remember the best candidates seen so far in a small
// pool, evict the best of the pool. Each thread has its own pool. No locks may be held by the
// caller.
#pragma once

#include "server/keyspace/keyspace.hpp"
#include "server/keyspace/local.hpp"

#include <string>
#include <vector>

namespace mini_redis::keyspace {

class Evictor {
public:
    Evictor(Keyspace& keyspace, Local& local) : keyspace_(keyspace), local_(local) {}

    // Removes one key by the policy. False when there is none that may go.
    bool evict_one(Milliseconds now);

private:
    static constexpr std::size_t pool_max = 16;

    struct Candidate {
        std::uint64_t score;  // the higher, the sooner it goes
        unsigned database;
        Hash hash;
        std::string key;
    };

    bool evict_random(EvictionPolicy policy);
    void fill_pool(EvictionPolicy policy, Milliseconds now);
    void consider(const Entry& entry, EvictionPolicy policy, unsigned database, Milliseconds now);
    bool evict(const Candidate& candidate, Table::Among among);

    // Calls `meet(table, database)` for each table of shard after shard, from a random one on,
    // until it says enough.
    template <class Meet>
    bool from_random_shard(Meet&& meet);

    Keyspace& keyspace_;
    Local& local_;
    std::vector<Candidate> pool_;  // by score, ascending
};

}  // namespace mini_redis::keyspace
