// One client, as the commands see it: who is asking, in which database, in which dialect.
//
// Its thread alone runs its commands and writes here. What CLIENT LIST tells other threads is kept
// in atomics or under a lock; everything else is plain.
#pragma once

#include "protocol/writer.hpp"
#include "server/dispatch/transaction.hpp"
#include "server/dispatch/watches.hpp"
#include "server/observability/trace.hpp"
#include "server/pubsub/branch.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>

namespace mini_redis::dispatch {

// What a session can have done to its connection. Implemented by net. What a subscriber takes it
// takes on its own thread; the rest is for any.
class Link : public pubsub::Subscriber {
public:
    // Ends the connection soon; what it is still owed is lost.
    virtual void close() = 0;
    // Adds bytes to what the client will read (MONITOR's lines). `bytes` is shared by all readers.
    virtual void push(std::shared_ptr<const std::string> bytes) = 0;
    // What its client has waited for is over: it is to go on. Never fails, though it may take time.
    virtual void resume() noexcept = 0;
    // Bytes of the connection itself, without its buffers.
    virtual std::size_t object_bytes() const = 0;
};

enum class ReplyMode : std::uint8_t { on, off, skip_next, skip };

// A text that one thread writes and any may read. Rarely: all share one lock.
class SharedText {
public:
    void set(std::string text)
    {
        const std::lock_guard lock(mutex_);
        text_ = std::move(text);
    }
    std::string get() const
    {
        const std::lock_guard lock(mutex_);
        return text_;
    }

private:
    inline static std::mutex mutex_;
    std::string text_;
};

// Made by the session's thread when it is first needed, and from then on there for any: what few
// clients need is not to cost all of them its room.
template <class T>
class Lazy {
public:
    Lazy() = default;
    Lazy(const Lazy&) = delete;
    Lazy& operator=(const Lazy&) = delete;
    ~Lazy() { delete get(); }

    template <class... Args>
    T& make(Args&... args)
    {
        if (!get()) made_.store(new T{args...});
        return *get();
    }
    T* get() const { return made_.load(); }
    T& operator*() const { return *get(); }
    T* operator->() const { return get(); }
    explicit operator bool() const { return get() != nullptr; }

private:
    std::atomic<T*> made_{nullptr};
};

// A client's part in transactions.
struct Transacting {
    // The client's own thread's.
    std::unique_ptr<Transaction> open;  // from MULTI to EXEC or DISCARD
    Watcher watcher;

    // For any thread.
    std::atomic<std::int32_t> queued{-1};  // commands of the open one; -1: there is none
    std::atomic<std::size_t> queued_bytes{0};

    void begin()
    {
        open = std::make_unique<Transaction>();
        publish();
    }
    void end()
    {
        open.reset();
        publish();
    }
    void publish()
    {
        queued = open ? static_cast<std::int32_t>(open->commands().size()) : -1;
        queued_bytes = open ? open->bytes() : 0;
    }
};

// How a client tracks what it reads (CLIENT TRACKING). Its own thread writes; any reads, but for
// `caching`.
struct TrackingState {
    std::atomic<bool> on{false};
    std::atomic<bool> broadcast{false};
    std::atomic<bool> opt_in{false};
    std::atomic<bool> opt_out{false};
    std::atomic<bool> no_loop{false};
    std::atomic<bool> broken_redirect{false};  // whom it redirects to is gone; any thread notices
    bool caching = false;                      // CLIENT CACHING was said, for the next command
    std::atomic<std::uint64_t> redirect{0};

    void reset()
    {
        for (auto* flag : {&on, &broadcast, &opt_in, &opt_out, &no_loop, &broken_redirect})
            *flag = false;
        caching = false;
        redirect = 0;
    }
};

class Session {
public:
    Session(std::uint64_t session_id, Link& session_link) : id(session_id), link(session_link) {}
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    // Back to what a new connection has, but for NO-EVICT: RESET. Who monitored or listened has
    // stopped.
    void reset(bool needs_password);

    // Null outside of one.
    Transaction* transaction() const { return transacting ? transacting->open.get() : nullptr; }

    // From any thread.
    bool listens() const
    {
        return std::ranges::any_of(listening, [](const auto& count) { return count != 0; });
    }

    const std::uint64_t id;
    Link& link;

    // Set once, as `address` is. (What is small stands together: every idle client has a session.)
    int descriptor = -1;
    bool over_unix_socket = false;

    // The client's own thread only.
    protocol::Dialect dialect = protocol::Dialect::resp2;
    ReplyMode reply_mode = ReplyMode::on;
    bool closing = false;  // after the reply that is being written
    bool traced = false;   // one of its batches has been

    // Set by whoever closes it: it runs nothing more and takes nothing more.
    std::atomic<bool> killed{false};

    // Written by the client's thread, read by any.
    std::atomic<bool> authenticated{false};
    std::atomic<bool> monitor{false};
    std::atomic<bool> no_evict{false};
    std::atomic<bool> waiting{false};  // for a key, or for the end of a CLIENT PAUSE
    std::atomic<std::uint8_t> resp{2};
    std::atomic<std::uint32_t> database{0};
    std::array<std::atomic<std::uint32_t>, pubsub::kind_count> listening{};  // by kind
    Lazy<pubsub::Subscriptions> subscriptions;
    Lazy<Transacting> transacting;
    std::atomic<const Listed*> last_command{nullptr};
    std::atomic<std::int64_t> last_used_ms{0};
    std::atomic<std::uint32_t> query_bytes{0};
    std::atomic<std::uint32_t> query_room{0};
    std::atomic<std::uint64_t> output_bytes{0};
    TrackingState tracking;
    SharedText name;

    // The client's own thread only: of the batch under way; null if that is not traced.
    std::unique_ptr<observability::Trace> trace;

    // Set once, before the session is entered among the clients.
    std::string address;
    std::string local_address;
    std::int64_t created_ms = 0;
};

inline void Session::reset(bool needs_password)
{
    dialect = protocol::Dialect::resp2;
    resp = 2;
    if (reply_mode != ReplyMode::skip) reply_mode = ReplyMode::on;  // the skip is for this reply
    authenticated = !needs_password;
    database = 0;
    name.set({});
}

}  // namespace mini_redis::dispatch
