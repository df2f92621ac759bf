// Server-assisted client-side caching: clients that are told when what they have read is no longer
// so (CLIENT TRACKING).
//
// By default the server remembers which keys a client has read, and forgets a key when it has told
// those who read it. In broadcasting mode it remembers nothing: a client is told of every change
// under its prefixes, of all that happen in one round at once.
//
// What is remembered of a key is guarded by the key's shard, which is locked when the key is read
// and when it changes. Everything else here is behind a mutex that is taken inside a shard's lock.
#pragma once

#include "server/config/config.hpp"
#include "server/dispatch/clients.hpp"
#include "server/keyspace/effects.hpp"
#include "server/keyspace/key.hpp"
#include "server/runtime/keyed_hash.hpp"

#include <array>
#include <atomic>
#include <cstdint>
#include <map>
#include <mutex>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace mini_redis::dispatch {

struct TrackingOptions {
    bool broadcast = false;
    bool opt_in = false;
    bool opt_out = false;
    bool no_loop = false;
    std::uint64_t redirect = 0;  // the client that is told instead; 0: none
    std::vector<std::string> prefixes;
};

class Tracking final : public keyspace::Effects::Listener {
public:
    struct Totals {
        std::size_t clients;
        std::size_t keys;
        std::size_t items;  // pairs of a key and a client that has read it
        std::size_t prefixes;
    };

    Tracking(const config::Config& config, keyspace::Effects& effects, Clients& clients);

    // From the session's own thread. Options that do not fit to each other, or to how the client
    // tracks already, are the caller's to refuse.
    void enable(Session& session, const TrackingOptions& options);
    void disable(Session& session);
    // The prefixes it is told about.
    std::vector<std::string> prefixes_of(const Session& session) const;

    // What a command has read for a client that tracks, with the keys' shards locked.
    void remember(const Session& session, std::span<const keyspace::Key> keys);

    void happened(const keyspace::Effect& effect) override;

    // Tells who is told of everything what has changed since the last time. Called between batches.
    void broadcast()
    {
        if (changes_wait_.load(std::memory_order_relaxed)) tell_of_changes();
    }

    Totals totals() const;

private:
    template <class Value>
    using Named = std::unordered_map<std::string, Value, runtime::KeyedHash, std::equal_to<>>;
    using Ids = std::vector<std::uint64_t>;

    struct Prefix {
        Ids clients;
        std::map<std::string, std::uint64_t> changes;  // keys, and who changed them last
    };

    void forget(Named<Ids>& readers, Named<Ids>::iterator key, std::uint64_t changed_by);
    void note_change(const keyspace::Effect& effect);
    void forget_everything();
    void tell_of_changes();
    // That these keys have changed, or, if there are none, everything.
    void tell(std::uint64_t client, std::span<const std::string_view> keys);

    const config::Config& config_;
    keyspace::Effects& effects_;
    Clients& clients_;

    std::array<Named<Ids>, keyspace::shard_count> readers_;  // each under its shard's lock
    std::atomic<std::size_t> keys_{0};
    std::atomic<std::size_t> items_{0};

    mutable std::mutex mutex_;  // of the clients that track, and of the prefixes
    std::vector<std::uint64_t> tracking_;
    std::map<std::string, Prefix, std::less<>> prefixes_;
    std::atomic<std::size_t> prefix_count_{0};
    std::atomic<bool> changes_wait_{false};
};

}  // namespace mini_redis::dispatch
