// What a command may touch while it runs: the data at one moment, who asks, what the server shares.
//
// There is nothing here to suspend with. A command runs to its end with its shards locked; that no
// lock outlives a suspension is so because a command cannot suspend. One that finds nothing to
// answer with may say that it has to wait: then it is run again when there may be something.
#pragma once

#include "protocol/request_parser.hpp"
#include "server/dispatch/services.hpp"
#include "server/dispatch/session.hpp"
#include "server/keyspace/view.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>

namespace mini_redis::dispatch {

// Which words of a request neither the slow log nor MONITOR may show: passwords.
class Secrets {
public:
    void add(std::size_t word) { words_ |= std::uint64_t{1} << std::min(word, last); }
    bool any() const { return words_ != 0; }
    bool has(std::size_t word) const { return (words_ >> std::min(word, last) & 1) != 0; }

private:
    static constexpr std::size_t last = 63;  // stands for all words behind it too
    std::uint64_t words_ = 0;
};

// Runs a command from within another one, which has its keys' shards locked.
class Caller {
public:
    virtual ~Caller() = default;
    virtual void call(Session& session, const Listed& command, protocol::Words words,
                      std::span<const keyspace::Key> keys, protocol::Writer& reply) = 0;
};

struct Context {
    keyspace::View data;
    Session& session;
    Services& services;
    ThreadCounts& counts;  // of this thread, as the next
    pubsub::Branch& branch;
    protocol::Words words;  // the whole request
    Caller& caller;
    bool called = false;                  // from within another command
    const Key* ready = nullptr;           // it has waited, and is run again because of this key
    Secrets secrets = {};                 // among the words
    std::optional<Waiting> waiting = {};  // it has to wait, and has replied nothing

    keyspace::Milliseconds now() const { return data.now(); }
    // Whether a key of the request is to be looked at: of one that has waited, only what is ready.
    bool concerns(const Key& key) const { return !ready || *ready == key; }
};

}  // namespace mini_redis::dispatch
