// What is counted, measured and told of a command that has run.
#include "protocol/text.hpp"
#include "server/dispatch/dispatcher.hpp"

#include <algorithm>
#include <chrono>

namespace mini_redis::dispatch {
namespace {

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

}  // namespace

// A millisecond is always worth a closer look: after it, the time of day has changed. So is
// whatever is traced; thus a command that is not traced pays nothing for it.
void Dispatcher::read_thresholds(const Session& session)
{
    const config::Config& config = services_.config;
    std::int64_t us = 1000;
    if (const auto slow_log = config.slowlog_log_slower_than.get(); slow_log >= 0)
        us = std::min(us, slow_log);
    slow_ =
        static_cast<observability::Ticks>(static_cast<double>(us) * 1000 / nanoseconds_per_tick_);
    closer_ = session.trace ? 0 : slow_;
    tracking_latency_ = config.latency_tracking.get();
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
    if (duration >= closer_) look_closer(context, command, duration, reply.starts_with('-'));
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
    if (context.session.trace) trace(context.session, &command, context.called, failed);
    if (duration >= slow_) note_slowness(context, command, duration);
}

// It began where the one before it ended. What EXEC calls lies within it, and therefore begins
// later than EXEC does: by a nanosecond at least.
void Dispatcher::trace(Session& session, const Listed* command, bool called, bool failed)
{
    const std::int64_t began_ns = called ? std::max(nested_ns_, traced_ns_ + 1) : traced_ns_;
    nested_ns_ = session.trace->add(observability::SpanKind::command,
                                    command ? std::string_view(command->name) : "unknown command",
                                    began_ns, failed);
    if (!called) traced_ns_ = nested_ns_;
}

// To whoever follows the trace of what waited: it is in this thread that it was answered.
void Dispatcher::trace_answer(const Wait& wait, std::int64_t began_ns, bool failed)
{
    observability::Tracer& tracer = counts_.tracer;
    observability::Span span;
    span.context = tracer.child_of(wait.traced);
    span.parent = wait.traced;
    span.kind = observability::SpanKind::answer;
    span.name = wait.request().command().name;
    span.began_ns = began_ns;
    span.ended_ns = tracer.now_ns();
    span.client = wait.session().id;
    span.failed = failed;
    tracer.record(span);
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
