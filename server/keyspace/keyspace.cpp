// Prefetching. With other threads about, slots may be moved or freed, so looking at a table takes
// its lock; the lines asked for by the first pass are what the second pass reads.
#include "server/keyspace/keyspace.hpp"

#include "server/keyspace/collection.hpp"

#include <algorithm>

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

namespace {

template <class Prefetch>
void prefetch_in(const Entry& entry, Prefetch&& prefetch)
{
    if (entry.encoding() != Encoding::spread) return;
    with_collection(entry.type(), [&]<class Collection>(std::type_identity<Collection>) {
        if constexpr (requires(const Collection& collection) { collection.prefetch_slot(0); })
            prefetch(*Borrowed<Collection>(entry));
    });
}

}  // namespace

// Members of one key often follow each other: it is looked up once for all of them.
void Keyspace::prefetch_members(unsigned database, std::span<const Member> members)
{
    const auto each = [&](auto&& prefetch) {
        for (auto from = members.begin(); from != members.end();) {
            const Key& key = from->key;
            const auto to = std::find_if(from, members.end(), [&](const Member& member) {
                return member.key.hash != key.hash;
            });
            lock(key.shard());
            if (const auto place = table(database, key.shard()).find(key.hash, key.name))
                prefetch_in(*place.entry(), [&](const auto& collection) {
                    for (; from != to; ++from) prefetch(collection, from->hash);
                });
            unlock(key.shard());
            from = to;
        }
    };
    each([](const auto& collection, Hash hash) { collection.prefetch_slot(hash); });
    each([](const auto& collection, Hash hash) { collection.prefetch_item(hash); });
}

}  // namespace mini_redis::keyspace
