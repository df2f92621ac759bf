// Active expiry: what nobody asks for must go too.
//
// Each thread sweeps its share of the shards, slot after slot. A slot's lowest bit says whether its
// key has an expiry, so keys without one are passed without touching them, and no index of expiries
// is kept: it would cost every key more memory than sweeping costs time. A sweep goes on while more
// than a tenth of what it meets has expired and time is left, and stops soon otherwise.
#pragma once

#include "server/keyspace/keyspace.hpp"
#include "server/keyspace/local.hpp"

#include <cstddef>

namespace mini_redis::keyspace {

class Sweeper {
public:
    // Sweeps the shards whose number is `share` modulo `shares`.
    Sweeper(Keyspace& keyspace, Local& local, std::size_t share, std::size_t shares)
        : keyspace_(keyspace), local_(local), share_(share), shares_(shares), shard_(share)
    {
    }

    // One round of work, over a quarter of the shards at most: an idle server should be idle.
    // `elapsed_us()` tells how long it has lasted.
    template <class ElapsedMicroseconds>
    void run(Milliseconds now, ElapsedMicroseconds&& elapsed_us)
    {
        for (std::size_t passed = 0; passed < shard_count / 4;) {
            const Met met = sweep_next(now);
            if (database_ == 0 && cursor_ == 0) passed += shares_;  // on to the next shard
            const auto elapsed = elapsed_us();
            if (elapsed > (met.expired * 10 > met.expiring ? long_us : short_us)) return;
        }
    }

private:
    static constexpr std::int64_t short_us = 1'000;
    static constexpr std::int64_t long_us = 25'000;
    static constexpr std::size_t slots_at_once = 1'024;

    struct Met {
        std::size_t expiring = 0;
        std::size_t expired = 0;
    };

    // Sweeps up to 1,024 slots of one table of the shard, if one is left that has expiries.
    Met sweep_next(Milliseconds now);

    Keyspace& keyspace_;
    Local& local_;
    std::size_t share_;
    std::size_t shares_;
    std::size_t shard_;
    unsigned database_ = 0;
    std::size_t cursor_ = 0;
};

}  // namespace mini_redis::keyspace
