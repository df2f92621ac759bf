// Prefetching. With other threads about, slots may be moved or freed, so looking at a table takes its
// lock; the lines asked for by the first pass are what the second pass reads.
#include "server/keyspace/keyspace.hpp"

namespace mini_redis::keyspace {

void Keyspace::prefetch_slots(unsigned database, std::span<const Key> keys)
{
    for (const Key& key : keys) {
        lock(key.shard());
        table(database, key.shard()).prefetch_slot(key.hash);
        unlock(key.shard());
    }
}

void Keyspace::prefetch_entries(unsigned database, std::span<const Key> keys)
{
    for (const Key& key : keys) {
        lock(key.shard());
        table(database, key.shard()).prefetch_entry(key.hash);
        unlock(key.shard());
    }
}

}  // namespace mini_redis::keyspace
