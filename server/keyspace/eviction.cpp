// Sampling, scoring and the pool.
#include "server/keyspace/eviction.hpp"

#include <algorithm>
#include <limits>

#include "server/keyspace/access_clock.hpp"

namespace mini_redis::keyspace {
namespace {

Table::Among among(EvictionPolicy policy)
{
    return only_expiring(policy) ? Table::Among::expiring : Table::Among::all;
}

}  // namespace

template <class Meet>
bool Evictor::from_random_shard(Meet&& meet)
{
    const std::size_t first = local_.chance() % shard_count;
    const auto first_database = static_cast<unsigned>(local_.chance() % keyspace_.databases());
    for (unsigned d = 0; d < keyspace_.databases(); ++d) {
        const unsigned database = (first_database + d) % keyspace_.databases();
        for (std::size_t i = 0; i < shard_count; ++i) {
            const std::size_t shard = (first + i) % shard_count;
            keyspace_.lock(shard);
            const bool enough = meet(keyspace_.table(database, shard), database);
            keyspace_.unlock(shard);
            if (enough) return true;
        }
    }
    return false;
}

bool Evictor::evict_one(Milliseconds now)
{
    const EvictionPolicy policy = keyspace_.eviction.policy.load(std::memory_order_relaxed);
    if (policy == EvictionPolicy::noeviction) return false;
    if (policy == EvictionPolicy::allkeys_random || policy == EvictionPolicy::volatile_random)
        return evict_random(policy);

    for (int attempt = 0; attempt < 2; ++attempt) {
        fill_pool(policy, now);
        while (!pool_.empty()) {
            const Candidate best = std::move(pool_.back());
            pool_.pop_back();
            if (evict(best.database, best.hash, best.key)) return true;
        }
    }
    return false;
}

bool Evictor::evict_random(EvictionPolicy policy)
{
    return from_random_shard([&](Table& table, unsigned database) {
        const Table::Place place = table.sample(local_.chance(), among(policy));
        if (!place) return false;
        Entry* entry = table.remove(place);
        local_.evicted.add();
        keyspace_.effects.report({Event::evicted, database, entry->key()});
        Entry::destroy(entry);
        return true;
    });
}

void Evictor::fill_pool(EvictionPolicy policy, Milliseconds now)
{
    const std::uint32_t samples = keyspace_.eviction.samples.load(std::memory_order_relaxed);
    std::uint32_t met = 0;
    from_random_shard([&](Table& table, unsigned database) {
        const std::size_t here = only_expiring(policy) ? table.expiring() : table.size();
        for (std::size_t i = 0; i < here && met < samples; ++i, ++met)
            consider(*table.sample(local_.chance(), among(policy)).entry(), policy, database, now);
        return met >= samples;
    });
}

void Evictor::consider(const Entry& entry, EvictionPolicy policy, unsigned database, Milliseconds now)
{
    std::uint64_t score = 0;
    if (policy == EvictionPolicy::volatile_ttl)
        score = std::numeric_limits<std::uint64_t>::max() - static_cast<std::uint64_t>(entry.expiry());
    else if (counts_uses(policy))
        score = 255 - lfu_count(entry.clock(), now,
                                keyspace_.eviction.lfu_decay_minutes.load(std::memory_order_relaxed));
    else
        score = static_cast<std::uint64_t>(lru_idle(entry.clock(), now));

    if (pool_.size() == pool_max) {
        if (score <= pool_.front().score) return;
        pool_.erase(pool_.begin());
    }
    const auto at = std::ranges::upper_bound(pool_, score, {}, &Candidate::score);
    const std::string_view key = entry.key();
    pool_.insert(at, {score, database, hash_of(key), std::string(key)});
}

bool Evictor::evict(unsigned database, Hash hash, std::string_view key)
{
    const std::size_t shard = shard_of(hash);
    keyspace_.lock(shard);
    Table& table = keyspace_.table(database, shard);
    const Table::Place place = table.find(hash, key);
    if (place) {
        Entry::destroy(table.remove(place));
        local_.evicted.add();
        keyspace_.effects.report({Event::evicted, database, key});
    }
    keyspace_.unlock(shard);
    return static_cast<bool>(place);
}

}  // namespace mini_redis::keyspace
