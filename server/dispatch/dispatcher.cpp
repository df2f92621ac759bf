// Prepare, pass, lock, run, count.
#include "server/dispatch/dispatcher.hpp"

#include "protocol/text.hpp"
#include "server/dispatch/withdraw.hpp"
#include "server/observability/log.hpp"

#include <chrono>

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

// The words with those that are secret hidden.
std::vector<Word> presentable(const Context& context)
{
    std::vector<Word> words(context.words.begin(), context.words.end());
    for (std::size_t i = 0; i < words.size(); ++i)
        if (context.secrets.has(i)) words[i] = "(redacted)";
    return words;
}

// Where a client is, as MONITOR says it.
std::string whereabouts(const Session& session)
{
    if (!session.over_unix_socket) return session.address;
    return "unix:" + session.address.substr(0, session.address.rfind(':'));
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

// A millisecond is always worth a closer look: after it, the time of day has changed. So is
// whatever is traced; thus tracing costs a command that is not nothing.
void Dispatcher::read_thresholds(const Session& session)
{
    const config::Config& config = services_.config;
    std::int64_t us = 1000;
    if (const auto slow_log = config.slowlog_log_slower_than.get(); slow_log >= 0)
        us = std::min(us, slow_log);
    if (session.trace) us = 0;
    slow_ =
        static_cast<observability::Ticks>(static_cast<double>(us) * 1000 / nanoseconds_per_tick_);
    tracking_latency_ = config.latency_tracking.get();
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

// An administrator's command may have changed what is watched; it is the first to be judged by it.
void Dispatcher::observe(Context& context, const Listed& command, Start start,
                         std::string_view replies)
{
    clock_ = observability::ticks_now();
    const observability::Ticks duration = clock_ - start.clock;
    counts_.statistics.served.add();
    if (command.flags.has(Flag::admin))
        read_thresholds(context.session);
    else if (services_.clients.monitored() && !command.flags.has(Flag::skip_monitor))
        show_to_monitors(context);
    auto& counted = counts_.statistics.command(command.id);
    // (What has to wait has not taken its time yet.)
    counted.ran(duration, nanoseconds_per_tick_, tracking_latency_ && !context.waiting);
    const std::string_view reply = replies.substr(start.reply);
    if (duration >= slow_) look_closer(context, command, duration, reply.starts_with('-'));
    note_failure(command, reply);
}

void Dispatcher::note_failure(const Listed& command, std::string_view reply)
{
    if (!reply.starts_with('-')) return;
    counts_.statistics.command(command.id).failed.add();
    counts_.statistics.count_error(reply.substr(1));
}

void Dispatcher::look_closer(const Context& context, const Listed& command,
                             observability::Ticks duration, bool failed)
{
    if (const auto& trace = context.session.trace) {
        const auto ns = static_cast<double>(duration) * nanoseconds_per_tick_;
        trace->add(observability::SpanKind::command, command.name,
                   trace->now_ns() - static_cast<std::int64_t>(ns), failed);
    }
    note_slowness(context, command, duration);
}

void Dispatcher::note_slowness(const Context& context, const Listed& command,
                               observability::Ticks duration)
{
    now_ = services_.clock();
    const config::Config& config = services_.config;
    const auto us =
        static_cast<std::int64_t>(static_cast<double>(duration) * nanoseconds_per_tick_ / 1000);
    const auto threshold_us = config.slowlog_log_slower_than.get();
    if (threshold_us >= 0 && us >= threshold_us && !command.flags.has(Flag::skip_slowlog))
        services_.slow_log.add(now_ / 1000, us, presentable(context), context.session.address,
                               context.session.name.get(),
                               static_cast<std::size_t>(config.slowlog_max_len.get()));
    services_.latency.add_if_slow(command.flags.has(Flag::fast) ? "fast-command" : "command",
                                  now_ / 1000, us / 1000, config.latency_monitor_threshold.get());
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

void Dispatcher::show_to_monitors(const Context& context) const
{
    const auto us = std::chrono::duration_cast<std::chrono::microseconds>(
                        std::chrono::system_clock::now().time_since_epoch())
                        .count();
    const Session& session = context.session;
    std::string fraction = std::to_string(us % 1'000'000);
    std::string line = "+" + std::to_string(us / 1'000'000) + "." +
                       std::string(6 - fraction.size(), '0') + fraction + " [" +
                       std::to_string(session.database.load()) + " " + whereabouts(session) + "]";
    for (const Word word : presentable(context)) {
        line += ' ';
        protocol::append_quoted(line, word);
    }
    line += "\r\n";
    services_.clients.show_to_monitors(std::make_shared<const std::string>(std::move(line)));
}

}  // namespace mini_redis::dispatch
