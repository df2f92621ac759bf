// WATCH: the keys that have to be as they were for a client's EXEC to run.
//
// A key is entered here with those who watch it, and each change of it, whoever makes it, is told
// them as it happens, with the key's shard locked. EXEC has the same shards locked when it asks.
// While nobody watches anything, a change costs nothing.
#pragma once

#include "server/keyspace/effects.hpp"
#include "server/runtime/keyed_hash.hpp"

#include <array>
#include <atomic>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace mini_redis::dispatch {

// What one client watches.
struct Watcher {
    struct Watched {
        unsigned database;
        std::string key;
        bool there;  // when it began to be watched
    };

    std::vector<Watched> keys;  // the client's own thread's
    std::atomic<bool> touched{false};
};

class Watches final : public keyspace::Effects::Listener {
public:
    explicit Watches(keyspace::Effects& effects) : effects_(effects) { effects_.subscribe(*this); }

    // With the key's shard locked. A key that is watched already stays so.
    void watch(Watcher& watcher, unsigned database, std::string_view key, bool there);
    // All of them, and whether they were touched.
    void forget(Watcher& watcher);

    void happened(const keyspace::Effect& effect) override;

private:
    struct Watch {
        Watcher* watcher;
        unsigned database;
        bool there;
    };
    struct Stripe {
        std::mutex mutex;
        std::unordered_map<std::string, std::vector<Watch>, runtime::KeyedHash, std::equal_to<>>
            keys;
    };

    Stripe& stripe_of(std::string_view key);
    void touch(std::string_view key, unsigned database);
    // Of a database that is replaced by another; nothing: of all of them. What was not there before
    // may be there now, and if it is, EXEC will see that.
    void touch_all(const keyspace::Effect& effect);

    keyspace::Effects& effects_;
    std::array<Stripe, 64> stripes_;
    std::atomic<std::size_t> count_{0};
};

}  // namespace mini_redis::dispatch
