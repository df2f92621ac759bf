// One step of the sweep: up to 1,024 slots of one table, under its lock.
#include "server/keyspace/expiry.hpp"

namespace mini_redis::keyspace {

Sweeper::Met Sweeper::sweep_next(Milliseconds now)
{
    Met met;
    const auto visit = [&](const Entry& entry) {
        ++met.expiring;
        if (!entry.expired(now)) return false;
        ++met.expired;
        local_.expired.add();
        keyspace_.tell(local_, {Event::expired, database_, entry.key()}, shard_);
        return true;
    };
    const auto dispose = [&](Entry* entry) { keyspace_.dispose(OwnedEntry(entry)); };
    keyspace_.lock(shard_);
    // Databases without expiries are passed under the same lock: mostly all but one are empty.
    for (; database_ < keyspace_.databases() && met.expiring == 0; ++database_) {
        Table& table = keyspace_.table(database_, shard_);
        table.settle();
        cursor_ = table.expiring() == 0 ? 0 : table.sweep(cursor_, slots_at_once, visit, dispose);
        if (cursor_ != 0) break;
    }
    keyspace_.unlock(shard_);
    // Book: data-parallelism/shares. Who works on shares of its own asks nobody.
    if (database_ == keyspace_.databases()) {
        database_ = 0;
        shard_ += shares_;
        if (shard_ >= shard_count) shard_ = share_;
    }
    return met;
}

}  // namespace mini_redis::keyspace
