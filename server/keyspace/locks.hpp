// The shards that one command holds: none, those of its keys in ascending order, or all.
//
// One object serves a thread's commands one after the other, so that its memory is reused.
#pragma once

#include "server/keyspace/keyspace.hpp"

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

namespace mini_redis::keyspace {

class Locks {
public:
    explicit Locks(Keyspace& keyspace) : keyspace_(keyspace) {}
    ~Locks() { release(); }
    Locks(const Locks&) = delete;
    Locks& operator=(const Locks&) = delete;

    void take(std::span<const Key> keys)
    {
        if (!keyspace_.shared()) return;
        for (const Key& key : keys) shards_.push_back(static_cast<std::uint16_t>(key.shard()));
        // Book: two-models/locks. Who takes locks in one order never waits in a circle.
        if (shards_.size() > 1) {
            std::sort(shards_.begin(), shards_.end());
            shards_.erase(std::unique(shards_.begin(), shards_.end()), shards_.end());
        }
        for (const std::uint16_t shard : shards_) keyspace_.lock(shard);
    }

    void take_all()
    {
        for (std::size_t shard = 0; shard < shard_count; ++shard) keyspace_.lock(shard);
        all_ = true;
    }

    void release()
    {
        for (const std::uint16_t shard : shards_) keyspace_.unlock(shard);
        shards_.clear();
        if (!all_) return;
        for (std::size_t shard = 0; shard < shard_count; ++shard) keyspace_.unlock(shard);
        all_ = false;
        cleared_.clear();
    }

    // With all held: frees a database that was cleared when nobody waits for the locks any more.
    void free_later(std::unique_ptr<Database> database) { cleared_.push_back(std::move(database)); }

    bool all() const { return all_; }

private:
    Keyspace& keyspace_;
    std::vector<std::uint16_t> shards_;
    std::vector<std::unique_ptr<Database>> cleared_;
    bool all_ = false;
};

}  // namespace mini_redis::keyspace
