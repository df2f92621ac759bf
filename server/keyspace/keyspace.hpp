// All keys of the server: numbered databases, each cut into 1,024 tables, behind 1,024 locks.
//
// A key's shard is the same in every database, so one lock covers MOVE and COPY between databases.
// To swap or clear a database is to exchange a pointer while holding all locks; what was there is
// handed back, to be freed wherever there is time. A server of one thread takes no lock at all.
#pragma once

#include "server/keyspace/effects.hpp"
#include "server/keyspace/key.hpp"
#include "server/keyspace/local.hpp"
#include "server/keyspace/table.hpp"

#include <array>
#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <new>
#include <span>
#include <vector>

namespace mini_redis::keyspace {

// In the order of Redis' names for maxmemory-policy.
enum class EvictionPolicy : std::uint8_t {
    volatile_lru,
    volatile_lfu,
    volatile_random,
    volatile_ttl,
    allkeys_lru,
    allkeys_lfu,
    allkeys_random,
    noeviction,
};

constexpr bool counts_uses(EvictionPolicy policy)
{
    return policy == EvictionPolicy::allkeys_lfu || policy == EvictionPolicy::volatile_lfu;
}

constexpr bool only_expiring(EvictionPolicy policy)
{
    return policy <= EvictionPolicy::volatile_ttl;
}

// How use is counted and keys are chosen to go. Written when the configuration changes.
struct EvictionRules {
    std::atomic<EvictionPolicy> policy{EvictionPolicy::noeviction};
    std::atomic<std::uint32_t> samples{5};
    std::atomic<std::uint32_t> lfu_log_factor{10};
    std::atomic<std::uint32_t> lfu_decay_minutes{1};
};

struct Database {
    std::array<Table, shard_count> tables;
};

class Keyspace {
public:
    enum class Use : bool { by_one_thread, shared };

    Keyspace(unsigned databases, Use use) : shared_(use == Use::shared)
    {
        databases_.reserve(databases);
        while (databases_.size() < databases) databases_.push_back(std::make_unique<Database>());
    }

    bool shared() const { return shared_; }
    unsigned databases() const { return static_cast<unsigned>(databases_.size()); }

    // Book: shared-state/nobody-else. Where nobody else comes, nothing is locked.
    void lock(std::size_t shard)
    {
        if (shared_) locks_[shard].mutex.lock();
    }
    void unlock(std::size_t shard)
    {
        if (shared_) locks_[shard].mutex.unlock();
    }

    // Under the shard's lock.
    Table& table(unsigned database, std::size_t shard)
    {
        return databases_[database]->tables[shard];
    }

    // Under all locks.
    void swap(unsigned a, unsigned b) { databases_[a].swap(databases_[b]); }
    std::unique_ptr<Database> clear(unsigned database)
    {
        return std::exchange(databases_[database], std::make_unique<Database>());
    }

    // Book: deep-dive/prefetch. Ask for every line of a batch before needing the first of them.
    void prefetch_slots(unsigned database, std::span<const Key> keys);
    void prefetch_entries(unsigned database, std::span<const Key> keys);
    // The same for what commands name inside large hashes, sets and sorted sets; both steps.
    void prefetch_members(unsigned database, std::span<const Member> members);

    // From any thread, with the key's shard locked when there is one more: somebody waits for a key
    // of that shard, or does not any longer.
    void await(const Key& key) { awaited_ += 1, locks_[key.shard()].awaited += 1; }
    void await_no_longer(const Key& key) { locks_[key.shard()].awaited -= 1, awaited_ -= 1; }

    // Reports a change that `local`'s thread has made, with the key's shard locked. Whoever waits
    // for the key is served before that thread goes on. As long as nobody waits, this costs a load.
    void tell(Local& local, const Effect& effect, std::size_t shard)
    {
        effects.report(effect);
        if (awaited_.load(std::memory_order_relaxed) != 0 &&
            (effect.key.empty() || locks_[shard].awaited.load(std::memory_order_relaxed) != 0))
            local.ready.note(effect);
    }

    // Frees what has been taken out: on another thread if that takes long.
    void dispose(OwnedEntry entry) noexcept
    try {
        if (free_elsewhere && entry->costly_to_free()) free_elsewhere(std::move(entry));
    } catch (const std::bad_alloc&) {
        // It has been freed here, on the way.
    }
    // Set before the first command runs, if at all.
    std::function<void(OwnedEntry)> free_elsewhere;

    Effects effects;
    EvictionRules eviction;
    std::atomic<bool> active_expiry{true};  // DEBUG SET-ACTIVE-EXPIRE

private:
    struct alignas(64) Lock {
        std::mutex mutex;
        std::atomic<std::uint32_t> awaited{0};
    };

    const bool shared_;
    std::atomic<std::size_t> awaited_{0};
    std::array<Lock, shard_count> locks_;
    std::vector<std::unique_ptr<Database>> databases_;
};

}  // namespace mini_redis::keyspace
