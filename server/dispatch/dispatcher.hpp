// One thread's way of running requests: a batch at a time.
//
// All requests of a batch are looked up, their keys hashed and the cache lines asked for, before
// the first of them runs. Then each passes the gates, locks its shards, runs to its end, and is
// counted, measured, and shown to who watches (observing.cpp); or, after MULTI, it is queued.
// Before it lets go of its shards, those are served that have waited for what it did (serving.cpp).
#pragma once

#include "protocol/request_parser.hpp"
#include "protocol/writer.hpp"
#include "server/dispatch/context.hpp"
#include "server/dispatch/gates.hpp"
#include "server/keyspace/eviction.hpp"
#include "server/keyspace/locks.hpp"
#include "server/observability/ticks.hpp"

#include <cstdint>
#include <memory>
#include <vector>

namespace mini_redis::dispatch {

class Dispatcher final : private Caller {
public:
    // All three are of the thread that will call serve().
    Dispatcher(Services& services, ThreadCounts& counts, pubsub::Branch& branch);

    // Why serve() came back.
    enum class Served : std::uint8_t {
        all,      // every request has been answered
        enough,   // so much that it is to be sent before the request at `next` adds to it
        paused,   // the request at `next` has to wait (CLIENT PAUSE)
        waiting,  // the request before `next` waits for a key; its reply is `wait`'s
        closing,  // the session is to be closed once its output is sent
    };

    struct Progress {
        Served why;
        std::size_t next;  // the first request that was not run
        std::shared_ptr<Wait> wait = {};
    };

    // Runs the requests of `batch` from number `from` on, writing their replies in order. After an
    // exception, which only a lack of memory brings about, what was written is of no use.
    Progress serve(Session& session, const protocol::Batch& batch, std::size_t from,
                   protocol::Writer& reply);

    // Serves those that have waited for what this thread did outside of any command.
    void serve_waiting()
    {
        if (!counts_.keyspace.ready.empty()) serve_waiting_with_everything_locked();
    }

private:
    // What is known of a request before it runs.
    struct Plan {
        const Listed* command;
        std::uint32_t first_key;
        std::uint32_t key_count;
    };

    // Where a command began: when, and how much had been replied.
    struct Start {
        observability::Ticks clock;
        std::size_t reply;
    };

    Progress answer(Session& session, const protocol::Batch& batch, std::size_t from,
                    protocol::Writer& reply);
    void prepare(const Session& session, const protocol::Batch& batch, std::size_t from);
    void plan_key(const Listed& command, Words words);
    void read_thresholds(const Session& session);
    bool admit(Session& session, const Plan& plan, Words words, protocol::Writer& reply);
    void refuse(Session& session, const Plan& plan, std::string_view refusal,
                protocol::Writer& reply);
    bool has_to_wait(const Session& session, const Listed& command) const;
    std::shared_ptr<Wait> run(Session& session, const Plan& plan, Words words,
                              protocol::Writer& reply);
    void call(Session& session, const Listed& command, Words words, Keys keys,
              protocol::Writer& reply) override;
    Context context_of(Session& session, Words words);
    void queue(Session& session, const Listed& command, Words words, protocol::Writer& reply);
    void execute(Context& context, const Listed& command, Keys keys, protocol::Writer& reply);
    keyspace::View view(const Session& session);
    void track(Context& context, const Listed& command, Keys keys);
    void lock(const Session& session, const Plan& plan);
    void lock_queued(const Session& session);
    void lock_keys(Keys keys);
    void lock_with_movers(Keys keys);
    std::shared_ptr<Wait> wait(Context& context, const Listed& command);
    void serve_waiting_with_everything_locked();
    void serve_ready();
    void serve_ready(const keyspace::ReadyKeys::Ready& ready);
    void serve(const std::shared_ptr<Wait>& wait, const Key& ready);
    void tell_answered();
    void observe(Context& context, const Listed& command, Start start, std::string_view replies);
    void note_failure(const Listed& command, std::string_view reply);
    void look_closer(const Context& context, const Listed& command, observability::Ticks duration,
                     bool failed);
    void trace(Session& session, const Listed* command, bool called, bool failed);
    void trace_answer(const Wait& wait, std::int64_t began_ns, bool failed);
    void note_slowness(const Context& context, const Listed& command,
                       observability::Ticks duration);
    void finish_reply(Session& session, const Plan& plan, protocol::Writer& reply,
                      std::size_t reply_began);
    void show_to_monitors(const Context& context) const;

    Services& services_;
    ThreadCounts& counts_;
    pubsub::Branch& branch_;
    keyspace::Locks locks_;
    keyspace::Evictor evictor_;
    std::vector<Plan> plans_;
    std::vector<Key> keys_;
    std::vector<keyspace::Member> members_;
    std::vector<Key> queued_keys_;
    std::shared_ptr<Wait> answered_;  // the last of them, who are still to be told

    keyspace::Milliseconds now_ = 0;
    observability::Ticks clock_ = 0;   // when the last command ended
    observability::Ticks slow_ = 0;    // how long is slow
    observability::Ticks closer_ = 0;  // and is worth a closer look
    std::int64_t traced_ns_ = 0;       // when the last command of a traced batch ended
    std::int64_t nested_ns_ = 0;       // the same, of those that EXEC calls
    bool tracking_latency_ = true;
    const double nanoseconds_per_tick_;
};

}  // namespace mini_redis::dispatch
