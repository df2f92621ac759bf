// What happened to the keys: the vocabulary of change.
//
// A command that changes a key reports it here while it holds the key's shard, so the order of the
// reports of one key is the order of its changes. Whoever must learn of changes listens; commands
// know none of the listeners.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace mini_redis::keyspace {

// Named as in Redis' keyspace notifications. Three of ours, `flushall`, `flushdb` and `swapdb`,
// happen to whole databases: their key is empty, and a swap is reported of both databases.
// `created` comes before what created the key; `missed` is no change: a key was not there when it
// was read. `xgroup_create_stream` is Redis' xgroup-create of a stream that was made for it.
enum class Event : std::uint8_t {
    append,
    copy_to,
    created,
    del,
    evicted,
    expire,
    expired,
    flushall,
    flushdb,
    georadiusstore,
    geosearchstore,
    hdel,
    hincrby,
    hincrbyfloat,
    hset,
    incrby,
    incrbyfloat,
    linsert,
    lpop,
    lpush,
    lrem,
    lset,
    ltrim,
    missed,
    move_from,
    move_to,
    persist,
    pfadd,
    pfcount,
    rename_from,
    rename_to,
    restore,
    rpop,
    rpush,
    sadd,
    sdiffstore,
    set,
    setbit,
    setrange,
    sinterstore,
    sortstore,
    spop,
    srem,
    sunionstore,
    swapdb,
    xadd,
    xdel,
    xgroup_create,
    xgroup_create_stream,
    xgroup_createconsumer,
    xgroup_delconsumer,
    xgroup_destroy,
    xgroup_setid,
    xsetid,
    xtrim,
    zadd,
    zdiffstore,
    zincr,
    zinterstore,
    zpopmax,
    zpopmin,
    zrangestore,
    zrem,
    zremrangebylex,
    zremrangebyrank,
    zremrangebyscore,
    zunionstore,
};
inline constexpr std::size_t event_count = static_cast<std::size_t>(Event::zunionstore) + 1;

// Whether what is under the key is not any more what somebody may have read there. As in Redis the
// groups of a stream do not count.
constexpr bool changes_value(Event event)
{
    switch (event) {
        case Event::created:
        case Event::missed:
        case Event::xgroup_create:
        case Event::xgroup_createconsumer:
        case Event::xgroup_delconsumer:
        case Event::xgroup_destroy:
        case Event::xgroup_setid:
        case Event::xsetid:
            return false;
        default:
            return true;
    }
}

struct Effect {
    Event event;
    unsigned database;
    std::string_view key;
    std::uint64_t client = 0;  // whose command it was; 0 if it happened by itself
};

class Effects {
public:
    // Book: onwards/to-hear-of-changes. Who must learn of changes listens, and no command knows it.
    class Listener {
    public:
        virtual ~Listener() = default;

        // Called with the key's shard locked: be brief, do not touch the keyspace.
        virtual void happened(const Effect& effect) = 0;
    };

    // Before the first command runs; a listener stays for good, and is told while it attends.
    void subscribe(Listener& listener) { listeners_.push_back(&listener); }

    // From any thread: one more listener wants to be told, or one fewer. As long as none does, to
    // report is one load.
    void attend(bool wants) { attending_.fetch_add(wants ? 1 : -1, std::memory_order_relaxed); }

    void report(const Effect& effect) const
    {
        if (attending_.load(std::memory_order_relaxed) == 0) return;
        for (Listener* listener : listeners_) listener->happened(effect);
    }

private:
    std::vector<Listener*> listeners_;
    std::atomic<int> attending_{0};
};

std::string_view to_string(Event event);

}  // namespace mini_redis::keyspace
