// Requests that wait for a key to hold something: BLPOP and its like.
//
// A request that finds nothing to answer with is entered here while its keys' shards are locked, so
// that nothing can come between. Whoever changes one of the keys then runs it again, on its behalf
// and with its own locks still held, before anybody else sees the change: first come, first served.
//
// A wait ends once, whatever comes first: it is answered, its time is over, somebody unblocks it,
// or its client leaves. The same lock that decides that covers the whole answering, so that what
// was taken for a client is never given to one that waits no longer. Whoever is answered is told
// when all are served who have to be: it might act upon what the others are still to get. While
// nobody waits, all this costs a load for each change.
#pragma once

#include "protocol/buffer.hpp"
#include "protocol/writer.hpp"
#include "server/dispatch/kept_request.hpp"
#include "server/dispatch/session.hpp"
#include "server/keyspace/keyspace.hpp"
#include "server/runtime/keyed_hash.hpp"

#include <array>
#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace mini_redis::dispatch {

// What a command says that has to wait.
struct Waiting {
    keyspace::Type type;         // of what has to be under one of its keys
    std::size_t keys;            // only the first so many of its keys count
    std::int64_t timeout_ms;     // 0: it waits for ever
    bool heeds_absence = false;  // it is run again where such a thing is not, or no longer, there
    // Words that are to stand in the place of some that mean the moment in which they were said.
    std::vector<std::pair<std::size_t, std::string>> instead = {};
};

class Wait {
public:
    enum class End : std::uint8_t { none, answered, failed, timed_out, unblocked, left };

    // The session outlives it, or ends it.
    Wait(Session& session, const Listed& command, Words words, const Waiting& waiting);

    Session& session() const { return session_; }
    const KeptRequest& request() const { return request_; }
    unsigned database() const { return database_; }
    std::int64_t timeout_ms() const { return timeout_ms_; }

    // Whether it is to be run again when this is under one of its keys.
    bool heeds(std::optional<keyspace::Type> there) const
    {
        return there == type_ || heeds_absence_;
    }
    bool heeds_absence() const { return heeds_absence_; }
    Keys keys() const { return request_.keys().first(key_count_); }
    // Those of its keys that it does not wait for: where it puts what it has waited for.
    Keys other_keys() const { return request_.keys().subspan(key_count_); }

    // From any thread: how it has ended, as far as its client has been told.
    End end() const { return end_.load(std::memory_order_acquire); }
    // Has `run(Writer&)` answer, unless something else has ended it; `run` tells whether it has.
    // Whether this is what ended it: then the client is to be told, soon.
    template <class Run>
    bool answer(Run&& run);
    void tell();
    // Ends it, unless something else has, and tells the client. Whether this is what ended it.
    bool end_by(End how);

    // From the session's thread, once it has ended: adds the answer to what is replied.
    void reply(protocol::Writer& reply);

    std::shared_ptr<Wait> next_answered;  // of the thread that answers
    observability::SpanContext traced;    // its wait, if its batch is traced

private:
    friend class Waits;

    void tell(End how);
    // Returns when its client has been told.
    void be_told();

    Session& session_;  // not to be looked at once it has been told
    const std::uint64_t client_;
    const KeptRequest request_;
    const unsigned database_;
    const keyspace::Type type_;
    const std::size_t key_count_;
    const std::int64_t timeout_ms_;
    const bool heeds_absence_;
    const bool silent_;  // CLIENT REPLY
    const protocol::Dialect dialect_;
    std::uint64_t number_ = 0;  // in the order in which they came
    std::size_t entered_ = 0;   // how many of its keys it has been entered under

    std::mutex mutex_;  // held while it is answered, and while it is told
    End decided_ = End::none;
    std::atomic<End> end_{End::none};
    protocol::Buffer answer_;
};

class Waits {
public:
    using Pointer = std::shared_ptr<Wait>;

    explicit Waits(keyspace::Keyspace& keyspace) : keyspace_(keyspace) {}

    bool any() const { return count_.load(std::memory_order_relaxed) != 0; }

    // With its keys' shards locked. Where it fails, the client is to leave.
    void enter(const Pointer& wait);
    // Who has ended it takes it out.
    void leave(const Wait& wait);

    // Ends it and takes it out, unless something else has ended it: whether this has.
    bool end(Wait& wait, Wait::End how);
    // The same with that of a client; false also if there is none.
    bool end_of(std::uint64_t client, Wait::End how);
    // From the client's own thread, before its session goes: afterwards nobody knows of it.
    void withdraw(std::uint64_t client);

    // Of those that wait for the key, the first that came after `after` and is to be run again,
    // `there` being what is under it; null: none.
    Pointer next(unsigned database, std::string_view key, std::optional<keyspace::Type> there,
                 const Wait* after) const;
    // All keys that are waited for.
    std::vector<keyspace::ReadyKeys::Ready> keys() const;
    // Those for which one waits, longest first, that puts what it gets under other keys.
    std::vector<Pointer> movers_from(std::string_view key) const;

private:
    // By database, then in the order in which they came.
    struct Queue {
        std::map<std::pair<unsigned, std::uint64_t>, Pointer> waits;
        std::size_t heeding_absence = 0;
        std::size_t moving = 0;
    };
    struct Stripe {
        mutable std::mutex mutex;
        std::unordered_map<std::string, Queue, runtime::KeyedHash, std::equal_to<>> queues;
    };

    void enter(const Pointer& wait, const Key& key);
    Pointer of_client(std::uint64_t client) const;
    Stripe& stripe_of(std::string_view key);
    const Stripe& stripe_of(std::string_view key) const;

    keyspace::Keyspace& keyspace_;
    std::atomic<std::size_t> count_{0};
    std::array<Stripe, 64> stripes_;
    mutable std::mutex mutex_;
    std::uint64_t last_number_ = 0;
    std::map<std::uint64_t, Pointer> of_clients_;  // a client waits once at a time
};

template <class Run>
bool Wait::answer(Run&& run)
{
    const std::lock_guard lock(mutex_);
    if (decided_ != End::none) return false;
    try {
        protocol::Writer writer(answer_, dialect_);
        if (!run(writer)) return answer_.clear(), false;
        decided_ = End::answered;
    } catch (const std::exception&) {  // half an answer is none
        decided_ = End::failed;
    }
    return true;
}

}  // namespace mini_redis::dispatch
