// Prepare, pass, lock, run, count.
#include "server/dispatch/dispatcher.hpp"

#include "protocol/text.hpp"

#include <chrono>
#include <limits>

namespace mini_redis::dispatch {
namespace {

// Which duration, in ticks, somebody wants to know of: the lower of the two thresholds.
observability::Ticks slow_threshold(const config::Config& config)
{
    double us = std::numeric_limits<double>::max();
    if (const auto slow_log = config.slowlog_log_slower_than.get(); slow_log >= 0)
        us = static_cast<double>(slow_log);
    if (const auto monitor = config.latency_monitor_threshold.get(); monitor > 0)
        us = std::min(us, static_cast<double>(monitor) * 1000);
    const double ticks = us * observability::ticks_per_microsecond();
    return ticks < 1e18 ? static_cast<observability::Ticks>(ticks)
                        : std::numeric_limits<std::uint64_t>::max();
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
constexpr Flags hidden_from_monitors = Flag::skip_monitor | Flag::admin;

}  // namespace

Dispatcher::Dispatcher(Services& services, ThreadCounts& counts)
    : services_(services),
      counts_(counts),
      locks_(services.keyspace),
      evictor_(services.keyspace, counts.keyspace),
      nanoseconds_per_tick_(1000 / observability::ticks_per_microsecond())
{
}

// Book: pipelining/batch. Read everything, look at everything, then run everything.
Dispatcher::Progress Dispatcher::serve(Session& session, const protocol::Batch& batch,
                                       std::size_t from, protocol::Writer& reply)
try {
    prepare(session, batch, from);
    now_ = services_.clock();
    slow_ = slow_threshold(services_.config);
    clock_ = observability::ticks_now();
    session.last_used_ms.store(now_, std::memory_order_relaxed);

    const std::size_t enough = reply.buffer().size() + reply_bytes_enough;
    for (std::size_t i = from; i < batch.requests.size(); ++i) {
        const std::size_t reply_began = reply.buffer().size();
        if (reply_began > enough) return {Served::enough, i};
        const Plan& plan = plans_[i - from];
        const Words words = batch.words_of(batch.requests[i]);
        session.last_command.store(plan.command, std::memory_order_relaxed);
        if (admit(session, plan, words, reply)) {
            if (has_to_wait(session, *plan.command)) return {Served::paused, i};
            run(session, plan, words, reply);
        }
        finish_reply(session, reply, reply_began);
        if (session.closing) return {Served::closing, i + 1};
    }
    return {Served::all, batch.requests.size()};
} catch (...) {
    locks_.release();
    throw;
}

void Dispatcher::prepare(const Session& session, const protocol::Batch& batch, std::size_t from)
{
    plans_.clear();
    keys_.clear();
    for (std::size_t i = from; i < batch.requests.size(); ++i) {
        const Words words = batch.words_of(batch.requests[i]);
        const Listed* command = services_.catalogue.find(words);
        const auto first_key = static_cast<std::uint32_t>(keys_.size());
        if (command && !command->container() && accepts(command->command->arity, words.size())) {
            if (command->one_plain_key)
                keys_.emplace_back(
                    words[static_cast<std::size_t>(command->command->key_specs[0].first)]);
            else
                collect_keys(*command->command, words);
        }
        plans_.push_back(
            {command, first_key, static_cast<std::uint32_t>(keys_.size()) - first_key});
    }
    if (keys_.size() < 2) return;  // nothing to overlap
    services_.keyspace.prefetch_slots(session.database, keys_);
    services_.keyspace.prefetch_entries(session.database, keys_);
}

void Dispatcher::collect_keys(const Command& command, Words words)
{
    const auto count = static_cast<int>(words.size());
    for (const KeySpec& spec : command.key_specs) {
        const int last = spec.last >= 0 ? spec.first + spec.last : count + spec.last;
        for (int i = spec.first; i <= last && i < count; i += spec.step)
            keys_.emplace_back(words[static_cast<std::size_t>(i)]);
    }
}

// Whether the request may run. If not, it has been answered.
bool Dispatcher::admit(Session& session, const Plan& plan, Words words, protocol::Writer& reply)
{
    const Asking asking{services_, session, plan.command, words, evictor_, now_};
    if (passes_at_once(asking)) return true;
    const std::string refusal = refuse(asking);
    if (refusal.empty()) return true;
    if (plan.command) counts_.statistics.command(plan.command->id).rejected.add();
    reply.error(refusal);
    count_if_error("-" + refusal);
    return false;
}

// Who monitors is not paused. Nor is what ends a pause, though in Redis 7.0 it would wait for the
// very pause that it is to end.
bool Dispatcher::has_to_wait(const Session& session, const Listed& command)
{
    return services_.pause.holds(command.flags, now_) && !session.monitor &&
           !command.spec().runs_while_paused;
}

void Dispatcher::run(Session& session, const Plan& plan, Words words, protocol::Writer& reply)
{
    const Listed& command = *plan.command;
    const std::size_t reply_began = reply.buffer().size();
    // Book: deep-dive/locks. A command runs with its shards locked and cannot suspend.
    lock(plan);
    Context context{
        .data = {services_.keyspace, counts_.keyspace, locks_, session.database, now_},
        .session = session,
        .services = services_,
        .counts = counts_,
        .words = words,
    };
    command.command->execute(context, words, Keys(keys_).subspan(plan.first_key, plan.key_count),
                             reply);
    locks_.release();

    const observability::Ticks before = std::exchange(clock_, observability::ticks_now());
    observe(context, command, clock_ - before);
    const std::string_view written = reply.buffer().view().substr(reply_began);
    if (!written.empty() && written.front() == '-') {
        counts_.statistics.command(command.id).failed.add();
        count_if_error(written);
    }
}

void Dispatcher::lock(const Plan& plan)
{
    if (plan.command->spec().locks_everything)
        locks_.take_all();
    else if (plan.key_count != 0)
        locks_.take(Keys(keys_).subspan(plan.first_key, plan.key_count));
}

void Dispatcher::observe(Context& context, const Listed& command, observability::Ticks duration)
{
    counts_.statistics.served.add();
    counts_.statistics.command(command.id).ran(duration, nanoseconds_per_tick_);
    if (services_.clients.monitored() && !command.flags.has_any(hidden_from_monitors))
        show_to_monitors(context);
    if (duration >= slow_) note_slowness(context, command, duration);
}

void Dispatcher::note_slowness(const Context& context, const Listed& command,
                               observability::Ticks duration)
{
    const auto us = static_cast<std::int64_t>(observability::to_microseconds(duration));
    const auto threshold_us = services_.config.slowlog_log_slower_than.get();
    if (threshold_us >= 0 && us >= threshold_us && !command.flags.has(Flag::skip_slowlog))
        services_.slow_log.add(now_ / 1000, us, presentable(context), context.session.address,
                               context.session.name.get(),
                               static_cast<std::size_t>(services_.config.slowlog_max_len.get()));
    const auto threshold_ms = services_.config.latency_monitor_threshold.get();
    if (threshold_ms > 0 && us / 1000 >= threshold_ms)
        services_.latency.add(command.flags.has(Flag::fast) ? "fast-command" : "command",
                              now_ / 1000, static_cast<std::uint32_t>(us / 1000));
}

void Dispatcher::finish_reply(Session& session, protocol::Writer& reply, std::size_t reply_began)
{
    if (session.reply_mode == ReplyMode::on) return;
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

void Dispatcher::count_if_error(std::string_view reply)
{
    reply.remove_prefix(1);
    counts_.statistics.count_error(reply.substr(0, reply.find_first_of(" \r")));
}

}  // namespace mini_redis::dispatch
