// Sampling, scoring and the pool.
#include "server/keyspace/eviction.hpp"

#include "server/keyspace/access_clock.hpp"

#include <algorithm>
#include <limits>

namespace mini_redis::keyspace {
namespace {

Table::Among among_of(EvictionPolicy policy)
{
    return only_expiring(policy) ? Table::Among::expiring : Table::Among::all;
}

// Calls `meet(place)` for one entry after the other, from a random slot on, until it says enough.
// Neighbours have nothing in common but their place, so they are as good a sample as any.
template <class Meet>
bool from_random_slot(const Table& table, std::uint64_t chance, Table::Among among, Meet&& meet)
{
    if ((among == Table::Among::all ? table.size() : table.expiring()) == 0) return false;
    const std::size_t slots = table.slots();
    std::size_t index = chance % slots;
    for (std::size_t passed = 0; passed < slots; ++passed, index = (index + 1) % slots) {
        const Table::Place place = table.at(index, among);
        if (place && meet(place)) return true;
    }
    return false;
}

}  // namespace

template <class Meet>
bool Evictor::from_random_shard(Meet&& meet)
{
    const unsigned databases = keyspace_.databases();
    const std::size_t first = local_.chance() % shard_count;
    const auto first_database = static_cast<unsigned>(local_.chance() % databases);
    for (std::size_t i = 0; i < shard_count; ++i) {
        const std::size_t shard = (first + i) % shard_count;
        bool enough = false;
        keyspace_.lock(shard);
        for (unsigned d = 0; d < databases && !enough; ++d) {
            const unsigned database = (first_database + d) % databases;
            enough = meet(keyspace_.table(database, shard), database);
        }
        keyspace_.unlock(shard);
        if (enough) return true;
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
            if (evict(best, among_of(policy))) return true;
        }
    }
    return false;
}

bool Evictor::evict_random(EvictionPolicy policy)
{
    return from_random_shard([&](Table& table, unsigned database) {
        const auto evict = [&](Table::Place place) {
            OwnedEntry entry(table.remove(place));
            local_.evicted.add();
            keyspace_.tell(local_, {Event::evicted, database, entry->key()},
                           shard_of(hash_of(entry->key())));
            keyspace_.dispose(std::move(entry));
            return true;
        };
        return from_random_slot(table, local_.chance(), among_of(policy), evict);
    });
}

void Evictor::fill_pool(EvictionPolicy policy, Milliseconds now)
{
    const std::uint32_t samples = keyspace_.eviction.samples.load(std::memory_order_relaxed);
    std::uint32_t met = 0;
    from_random_shard([&](Table& table, unsigned database) {
        return from_random_slot(table, local_.chance(), among_of(policy), [&](Table::Place place) {
            consider(*place.entry(), policy, database, now);
            return ++met >= samples;
        });
    });
}

void Evictor::consider(const Entry& entry, EvictionPolicy policy, unsigned database,
                       Milliseconds now)
{
    std::uint64_t score = 0;
    if (policy == EvictionPolicy::volatile_ttl)
        score =
            std::numeric_limits<std::uint64_t>::max() - static_cast<std::uint64_t>(entry.expiry());
    else if (counts_uses(policy))
        score =
            255 - lfu_count(entry.clock(), now,
                            keyspace_.eviction.lfu_decay_minutes.load(std::memory_order_relaxed));
    else
        score = static_cast<std::uint64_t>(lru_idle(entry.clock(), now));

    const std::string_view key = entry.key();
    const Hash hash = hash_of(key);
    std::erase_if(pool_, [&](const Candidate& known) {  // its score may be an old one
        return known.hash == hash && known.database == database;
    });
    if (pool_.size() == pool_max) {
        if (score <= pool_.front().score) return;
        pool_.erase(pool_.begin());
    }
    const auto at = std::ranges::upper_bound(pool_, score, {}, &Candidate::score);
    pool_.insert(at, {score, database, hash, std::string(key)});
}

// Since it became a candidate the key may have gone, or lost its expiry.
bool Evictor::evict(const Candidate& candidate, Table::Among among)
{
    const std::size_t shard = shard_of(candidate.hash);
    keyspace_.lock(shard);
    Table& table = keyspace_.table(candidate.database, shard);
    const Table::Place place = table.find(candidate.hash, candidate.key);
    const bool goes = place && (among == Table::Among::all || place.entry()->expires());
    if (goes) {
        keyspace_.dispose(OwnedEntry(table.remove(place)));
        local_.evicted.add();
        keyspace_.tell(local_, {Event::evicted, candidate.database, candidate.key}, shard);
    }
    keyspace_.unlock(shard);
    return goes;
}

}  // namespace mini_redis::keyspace
