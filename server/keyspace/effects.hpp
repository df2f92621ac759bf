// What happened to the keys: the vocabulary of change.
//
// A command that changes a key reports it here while it holds the key's shard, so the order of the
// reports of one key is the order of its changes. Whoever must learn of changes listens; commands
// know none of the listeners.
#pragma once

#include <atomic>
#include <cstdint>
#include <string_view>
#include <vector>

namespace mini_redis::keyspace {

// Named as in Redis' keyspace notifications. Two of ours, `flushdb` and `swapdb`, happen to a whole
// database: their key is empty, and a swap is reported of both databases.
enum class Event : std::uint8_t {
    append,
    copy_to,
    del,
    evicted,
    expire,
    expired,
    flushdb,
    incrby,
    incrbyfloat,
    move_from,
    move_to,
    persist,
    rename_from,
    rename_to,
    set,
    setbit,
    setrange,
    swapdb,
};

struct Effect {
    Event event;
    unsigned database;
    std::string_view key;
};

class Effects {
public:
    class Listener {
    public:
        virtual ~Listener() = default;

        // Called with the key's shard locked: be brief, do not touch the keyspace.
        virtual void happened(const Effect& effect) = 0;
    };

    // Before the first command runs; a listener stays for good.
    void subscribe(Listener& listener) { listeners_.push_back(&listener); }

    void report(const Effect& effect) const
    {
        for (Listener* listener : listeners_) listener->happened(effect);
    }

private:
    std::vector<Listener*> listeners_;
};

std::string_view to_string(Event event);

}  // namespace mini_redis::keyspace
