// Prepare, pass, lock, run.
#include "server/dispatch/dispatcher.hpp"

#include "protocol/text.hpp"
#include "server/dispatch/withdraw.hpp"
#include "server/observability/log.hpp"

namespace mini_redis::dispatch {
namespace {

// Who speaks HTTP here was made to by somebody else: a browser, by a page that it shows.
bool is_http(Word word)
{
    return protocol::equal_ignoring_case(word, "host:") ||
           protocol::equal_ignoring_case(word, "post");
}

void warn_of_http(const Session& session, std::int64_t now_ms)
{
    static std::atomic<std::int64_t> warned_ms{0};
    if (now_ms - warned_ms < 60'000) return;
    warned_ms = now_ms;
    observability::log_warning(
        "{} speaks HTTP: perhaps a web page abuses somebody's browser to get at this server. The "
        "connection is closed.",
        session.address);
}

constexpr std::size_t reply_bytes_enough = 256 * 1024;

}  // namespace

Dispatcher::Dispatcher(Services& services, ThreadCounts& counts, pubsub::Branch& branch)
    : services_(services),
      counts_(counts),
      branch_(branch),
      locks_(services.keyspace),
      evictor_(services.keyspace, counts.keyspace),
      nanoseconds_per_tick_(1000 / observability::ticks_per_microsecond())
{
}

Dispatcher::Progress Dispatcher::serve(Session& session, const protocol::Batch& batch,
                                       std::size_t from, protocol::Writer& reply)
try {
    serve_waiting();
    Progress progress = answer(session, batch, from, reply);
    services_.tracking.broadcast();
    return progress;
} catch (...) {
    locks_.release();
    tell_answered();
    throw;
}

// Book: pipelining/batch. Read everything, look at everything, then run everything.
Dispatcher::Progress Dispatcher::answer(Session& session, const protocol::Batch& batch,
                                        std::size_t from, protocol::Writer& reply)
{
    prepare(session, batch, from);
    read_thresholds(session);
    now_ = services_.clock();
    clock_ = observability::ticks_now();
    if (session.trace) traced_ns_ = nested_ns_ = session.trace->now_ns();
    session.last_used_ms.store(now_, std::memory_order_relaxed);

    const std::size_t enough = reply.buffer().size() + reply_bytes_enough;
    for (std::size_t i = from; i < batch.requests.size(); ++i) {
        const std::size_t reply_began = reply.buffer().size();
        if (reply_began > enough) return {Served::enough, i};
        std::shared_ptr<Wait> wait;
        const Plan& plan = plans_[i - from];
        const Words words = batch.words_of(batch.requests[i]);
        session.last_command.store(plan.command, std::memory_order_relaxed);
        if (admit(session, plan, words, reply)) {
            if (has_to_wait(session, *plan.command)) return {Served::paused, i};
            if (session.transaction() && !plan.command->spec().never_queued)
                queue(session, *plan.command, words, reply);
            else
                wait = run(session, plan, words, reply);
        }
        finish_reply(session, plan, reply, reply_began);
        if (wait) return {Served::waiting, i + 1, std::move(wait)};
        if (session.closing) return {Served::closing, i + 1};
    }
    return {Served::all, batch.requests.size()};
}

void Dispatcher::prepare(const Session& session, const protocol::Batch& batch, std::size_t from)
{
    plans_.clear();
    keys_.clear();
    members_.clear();
    const Listed* command = nullptr;
    Word name;  // of that command: a pipeline often says the same one again
    for (std::size_t i = from; i < batch.requests.size(); ++i) {
        const Words words = batch.words_of(batch.requests[i]);
        if (!command || words[0] != name || !command->found_by_one_word())
            command = services_.catalogue.find(words);
        name = words[0];
        const auto first_key = static_cast<std::uint32_t>(keys_.size());
        if (command && accepts(command->command->arity, words.size())) {
            if (command->one_plain_key)
                plan_key(*command, words);
            else
                each_key(*command->command, words,
                         [&](std::size_t at, const KeySpec&) { keys_.emplace_back(words[at]); });
        }
        plans_.push_back(
            {command, first_key, static_cast<std::uint32_t>(keys_.size()) - first_key});
    }
    if (keys_.size() < 2) return;  // nothing to overlap
    services_.keyspace.prefetch_slots(session.database, keys_);
    services_.keyspace.prefetch_entries(session.database, keys_);
    services_.keyspace.prefetch_members(session.database, members_);
}

void Dispatcher::plan_key(const Listed& command, Words words)
{
    keys_.emplace_back(words[static_cast<std::size_t>(command.command->key_specs[0].first)]);
    if (const int at = command.spec().member)
        members_.emplace_back(keys_.back(),
                              words[at > 0 ? static_cast<std::size_t>(at)
                                           : words.size() - static_cast<std::size_t>(-at)]);
}

// Whether the request may run. If not, it has been answered, or its connection is closing.
bool Dispatcher::admit(Session& session, const Plan& plan, Words words, protocol::Writer& reply)
{
    const Asking asking{services_, session, plan.command, words, evictor_, now_};
    if (passes_at_once(asking)) return true;
    if (!plan.command && is_http(words[0])) {
        warn_of_http(session, now_);
        session.closing = true;
        return false;
    }
    const std::string refusal = dispatch::refuse(asking);
    serve_waiting();  // a gate may have evicted what somebody waits for
    if (refusal.empty()) return true;
    refuse(session, plan, refusal, reply);
    return false;
}

// What is refused between MULTI and EXEC undoes them, and EXEC itself says why.
void Dispatcher::refuse(Session& session, const Plan& plan, std::string_view refusal,
                        protocol::Writer& reply)
{
    if (plan.command) counts_.statistics.command(plan.command->id).rejected.add();
    if (session.trace) trace(session, plan.command, false, true);
    if (session.transaction()) session.transaction()->abort();
    if (!plan.command || !plan.command->spec().runs_queued) {
        counts_.statistics.count_error(refusal);
        return reply.error(refusal);
    }
    end_transaction(services_, session);
    if (refusal.starts_with("ERR ")) refusal.remove_prefix(4);
    const std::string error = "EXECABORT Transaction discarded because of: " + std::string(refusal);
    counts_.statistics.count_error(error);
    reply.error(error);
}

void Dispatcher::queue(Session& session, const Listed& command, Words words,
                       protocol::Writer& reply)
{
    session.transaction()->queue(command, words);
    session.transacting->publish();
    reply.simple("QUEUED");
}

// Who monitors is not paused. Nor is what ends a pause, though in Redis 7.0 it would wait for the
// very pause that it is to end.
bool Dispatcher::has_to_wait(const Session& session, const Listed& command) const
{
    return services_.pause.holds(flags_with_queued(session, command), now_) && !session.monitor &&
           !command.spec().runs_while_paused;
}

std::shared_ptr<Wait> Dispatcher::run(Session& session, const Plan& plan, Words words,
                                      protocol::Writer& reply)
{
    const Start start{clock_, reply.buffer().size()};
    const Keys keys = Keys(keys_).subspan(plan.first_key, plan.key_count);
    Context context = context_of(session, words);
    // Book: deep-dive/locks. A command runs with its shards locked and cannot suspend.
    lock(session, plan);
    execute(context, *plan.command, keys, reply);
    std::shared_ptr<Wait> waits;
    if (context.waiting) waits = wait(context, *plan.command);
    if (!counts_.keyspace.ready.empty()) serve_ready();
    locks_.release();
    if (answered_) tell_answered();
    observe(context, *plan.command, start, reply.buffer().view());
    return waits;
}

// The locks are the caller's.
void Dispatcher::call(Session& session, const Listed& command, Words words, Keys keys,
                      protocol::Writer& reply)
{
    const Start start{clock_, reply.buffer().size()};
    Context context = context_of(session, words);
    context.called = true;
    execute(context, command, keys, reply);
    observe(context, command, start, reply.buffer().view());
}

Context Dispatcher::context_of(Session& session, Words words)
{
    return {
        .data = view(session),
        .session = session,
        .services = services_,
        .counts = counts_,
        .branch = branch_,
        .words = words,
        .caller = *this,
    };
}

void Dispatcher::execute(Context& context, const Listed& command, Keys keys,
                         protocol::Writer& reply)
{
    command.command->execute(context, context.words, keys, reply);
    if (context.session.tracking.on.load(std::memory_order_relaxed)) track(context, command, keys);
}

keyspace::View Dispatcher::view(const Session& session)
{
    return {services_.keyspace, counts_.keyspace, locks_, session.database, now_, session.id};
}

// CLIENT CACHING is about the command after it.
void Dispatcher::track(Context& context, const Listed& command, Keys keys)
{
    TrackingState& state = context.session.tracking;
    const bool wanted = state.opt_in ? state.caching : !state.caching;
    if (wanted && !state.broadcast && command.flags.has(Flag::readonly))
        context.services.tracking.remember(context.session, keys);
    if (command.spec().container != "CLIENT") state.caching = false;
}

void Dispatcher::lock(const Session& session, const Plan& plan)
{
    if (plan.command->spec().locks_everything)
        locks_.take_all();
    else if (plan.command->spec().runs_queued)
        lock_queued(session);
    else if (plan.key_count != 0)
        lock_keys(Keys(keys_).subspan(plan.first_key, plan.key_count));
}

// All keys of all that is queued, and those that must not have changed.
void Dispatcher::lock_queued(const Session& session)
{
    const Transaction* transaction = session.transaction();
    if (!transaction) return;
    if (transaction->needs_everything()) return locks_.take_all();
    queued_keys_.clear();
    for (const KeptRequest& queued : transaction->commands())
        queued_keys_.insert(queued_keys_.end(), queued.keys().begin(), queued.keys().end());
    for (const auto& watched : session.transacting->watcher.keys)
        queued_keys_.emplace_back(watched.key);
    lock_keys(queued_keys_);
}

void Dispatcher::finish_reply(Session& session, const Plan& plan, protocol::Writer& reply,
                              std::size_t reply_began)
{
    if (session.reply_mode == ReplyMode::on) return;
    if (!plan.command || !plan.command->spec().answers_by_pushes)
        reply.buffer().truncate(reply_began);
    if (session.reply_mode == ReplyMode::skip)
        session.reply_mode = ReplyMode::on;
    else if (session.reply_mode == ReplyMode::skip_next)
        session.reply_mode = ReplyMode::skip;
}

}  // namespace mini_redis::dispatch
