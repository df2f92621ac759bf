// The words are ours; what is advised follows from which events there are.
#include "server/commands/latency_report.hpp"

#include <algorithm>

#include <fmt/core.h>

namespace mini_redis::commands {
namespace {

// "5s", "12m", "3h", "20d".
std::string ago(std::int64_t seconds)
{
    if (seconds < 60) return fmt::format("{}s", seconds);
    if (seconds < 60 * 60) return fmt::format("{}m", seconds / 60);
    if (seconds < 24 * 60 * 60) return fmt::format("{}h", seconds / (60 * 60));
    return fmt::format("{}d", seconds / (24 * 60 * 60));
}

struct Summary {
    std::uint64_t average_ms;
    std::uint64_t deviation_ms;  // how far from the average, on average
    double seconds_between;
};

Summary summarize(const LatencyEvent& event, std::int64_t now_seconds)
{
    const std::uint64_t count = event.samples.size();
    std::uint64_t sum = 0;
    for (const auto& sample : event.samples) sum += sample.milliseconds;
    const std::uint64_t average = sum / count;
    std::uint64_t distance = 0;
    for (const auto& sample : event.samples)
        distance += std::max<std::uint64_t>(sample.milliseconds, average) -
                    std::min<std::uint64_t>(sample.milliseconds, average);
    const auto period = std::max<std::int64_t>(now_seconds - event.samples.front().unix_seconds, 1);
    return {average, distance / count, static_cast<double>(period) / static_cast<double>(count)};
}

std::string advice_for(const LatencyEvent& event, const config::Config& config)
{
    const std::int64_t threshold_us = config.latency_monitor_threshold.get() * 1000;
    const std::int64_t slow_log_us = config.slowlog_log_slower_than.get();
    if (event.name == "command" && (slow_log_us < 0 || slow_log_us > threshold_us))
        return fmt::format(
            "- Some commands are slow, and the slow log does not tell which. `CONFIG SET "
            "slowlog-log-slower-than {}` makes it.\n",
            threshold_us);
    if (event.name == "command")
        return "- Some commands are slow: see SLOWLOG GET. Those that walk all keys, or handle "
               "large values, take as long as there is to handle.\n";
    if (event.name == "fast-command")
        return "- Commands that cannot be slow were: the system did not let the server run. Is "
               "the machine, or its host, busy with something else? Are there more io-threads "
               "than processors?\n";
    if (event.name == "eviction-cycle")
        return "- Commands waited for eviction. Raise maxmemory, or lower "
               "maxmemory-eviction-tenacity so that each command waits less.\n";
    return {};
}

}  // namespace

std::string latency_diagram(const LatencyEvent& event, std::int64_t now_seconds)
{
    constexpr std::uint64_t bar_max = 60;
    const auto [low, high] = std::ranges::minmax(
        event.samples, {}, &observability::LatencyMonitor::Sample::milliseconds);
    std::string text =
        fmt::format("{} - high {} ms, low {} ms (all time high {} ms)\n{:-<80}\n", event.name,
                    high.milliseconds, low.milliseconds, event.worst_milliseconds, "");
    for (const auto& [unix_seconds, milliseconds] : event.samples) {
        const std::uint64_t bar =
            milliseconds * bar_max / std::max<std::uint64_t>(high.milliseconds, 1);
        text += fmt::format("{:>4} {:>8} ms {:#<{}}\n", ago(now_seconds - unix_seconds),
                            milliseconds, "", bar);
    }
    return text;
}

std::string latency_opinion(const Context& context)
{
    const config::Config& config = context.services.config;
    const auto events = context.services.latency.events();
    if (events.empty() && config.latency_monitor_threshold.get() == 0)
        return "The latency monitor is off: `CONFIG SET latency-monitor-threshold <milliseconds>` "
               "makes it record whatever takes as long.\n";
    if (events.empty()) return "Nothing has taken long enough to be recorded.\n";

    const std::int64_t now_seconds = context.now() / 1000;
    std::string text = "What took long:\n\n";
    std::string advice;
    for (std::size_t i = 0; i < events.size(); ++i) {
        const Summary summary = summarize(events[i], now_seconds);
        text += fmt::format(
            "{}. {}: {} times ({} ms on average, {} ms from that on average, every {:.2f} s). The "
            "worst ever took {} ms.\n",
            i + 1, events[i].name, events[i].samples.size(), summary.average_ms,
            summary.deviation_ms, summary.seconds_between, events[i].worst_milliseconds);
        advice += advice_for(events[i], config);
    }
    if (!advice.empty()) text += "\nWhat may help:\n\n" + advice;
    return text;
}

}  // namespace mini_redis::commands
