// LATENCY: what took long and when, and how long each command takes.
#include "server/commands/help.hpp"
#include "server/commands/latency_report.hpp"

namespace mini_redis::commands {
namespace {

using dispatch::Listed;

constexpr auto admin = Flag::admin | Flag::noscript | Flag::loading | Flag::stale;
constexpr std::array<std::string_view, 4> ask_each_node{
    "nondeterministic_output", "request_policy:all_nodes", "response_policy:special"};

struct LatencyDoctor {
    static constexpr Spec spec{
        .name = "DOCTOR",
        .container = "LATENCY",
        .summary = "Returns a report on what took long, and advice.",
        .since = "2.8.13",
        .complexity = "O(1)",
        .flags = admin,
        .tips = ask_each_node,
    };
    static constexpr auto syntax = sequence();

    void run(Context& context, Writer& reply) const
    {
        reply.verbatim("txt", latency_opinion(context));
    }
};

struct LatencyGraph {
    std::string_view event;

    static constexpr Spec spec{
        .name = "GRAPH",
        .container = "LATENCY",
        .summary = "Draws the samples of an event.",
        .since = "2.8.13",
        .complexity = "O(1)",
        .flags = admin,
        .tips = ask_each_node,
    };
    static constexpr auto syntax = sequence(arg("event", &LatencyGraph::event));

    void run(Context& context, Writer& reply) const
    {
        const auto found = context.services.latency.event(event);
        if (!found) {
            const auto shown = event.substr(0, event.find('\0'));  // as %s shows it
            return reply.error("ERR No samples available for event '" + std::string(shown) + "'");
        }
        reply.verbatim("txt", latency_diagram(*found, context.now() / 1000));
    }
};

// Bounds in microseconds, doubling from one to a second, with how many calls took no longer.
void write_distribution(const observability::HistogramSum& nanoseconds, Writer& reply)
{
    constexpr unsigned doublings = 20;
    reply.map(2);
    reply.bulk("calls");
    reply.integer(static_cast<std::int64_t>(nanoseconds.total));
    reply.bulk("histogram_usec");
    const auto mark = reply.later();
    std::size_t pairs = 0;
    std::uint64_t seen = 0;
    std::size_t bucket = 0;
    for (unsigned doubling = 0; bucket < nanoseconds.counts.size(); ++doubling) {
        const std::uint64_t bound = (std::uint64_t{1024} << doubling) - 1;
        const std::uint64_t before = seen;
        for (; bucket < nanoseconds.counts.size() &&
               (observability::Histogram::upper_bound(bucket) <= bound || doubling > doublings);
             ++bucket)
            seen += nanoseconds.counts[bucket];
        if (seen == before) continue;
        reply.integer(static_cast<std::int64_t>(bound / 1000));
        reply.integer(static_cast<std::int64_t>(seen));
        ++pairs;
    }
    reply.map_at(mark, pairs);
}

struct LatencyHistogram {
    Words names;

    static constexpr Spec spec{
        .name = "HISTOGRAM",
        .container = "LATENCY",
        .summary = "Returns how the latencies of the named commands, or of all, are distributed.",
        .since = "7.0.0",
        .complexity = "O(N) where N is the number of commands that have latencies",
        .flags = admin,
        .tips = ask_each_node,
    };
    static constexpr auto syntax = sequence(optional(rest("command", &LatencyHistogram::names)));

    void run(Context& context, Writer& reply) const
    {
        const dispatch::Catalogue& catalogue = context.services.catalogue;
        std::vector<const Listed*> wanted;
        for (const Word name : names)
            if (const Listed* listed = catalogue.find_full(name)) wanted.push_back(listed);
        if (names.empty()) wanted = catalogue.commands();

        const auto mark = reply.later();
        std::size_t written = 0;
        const auto write = [&](const Listed& listed) {
            const auto nanoseconds = context.services.tally.nanoseconds(listed.id);
            if (nanoseconds.total == 0) return;
            reply.bulk(listed.name);
            write_distribution(nanoseconds, reply);
            ++written;
        };
        for (const Listed* listed : wanted) {
            write(*listed);
            for (const Listed* sub : listed->subcommands) write(*sub);
        }
        reply.map_at(mark, written);
    }
};

struct LatencyHistory {
    std::string_view event;

    static constexpr Spec spec{
        .name = "HISTORY",
        .container = "LATENCY",
        .summary = "Returns the samples of an event: when, and how many milliseconds.",
        .since = "2.8.13",
        .complexity = "O(1)",
        .flags = admin,
        .tips = ask_each_node,
    };
    static constexpr auto syntax = sequence(arg("event", &LatencyHistory::event));

    void run(Context& context, Writer& reply) const
    {
        const auto found = context.services.latency.event(event);
        if (!found) return reply.array(0);
        reply.array(found->samples.size());
        for (const auto& sample : found->samples) {
            reply.array(2);
            reply.integer(sample.unix_seconds);
            reply.integer(sample.milliseconds);
        }
    }
};

struct LatencyLatest {
    static constexpr Spec spec{
        .name = "LATEST",
        .container = "LATENCY",
        .summary = "Returns the last sample of each event, and its worst.",
        .since = "2.8.13",
        .complexity = "O(1)",
        .flags = admin,
        .tips = ask_each_node,
    };
    static constexpr auto syntax = sequence();

    void run(Context& context, Writer& reply) const
    {
        const auto events = context.services.latency.events();
        reply.array(events.size());
        for (const LatencyEvent& event : events) {
            reply.array(4);
            reply.bulk(event.name);
            reply.integer(event.samples.back().unix_seconds);
            reply.integer(event.samples.back().milliseconds);
            reply.integer(event.worst_milliseconds);
        }
    }
};

struct LatencyReset {
    Words events;

    static constexpr Spec spec{
        .name = "RESET",
        .container = "LATENCY",
        .summary = "Forgets the samples of the named events, or of all; returns of how many.",
        .since = "2.8.13",
        .complexity = "O(1)",
        .flags = admin,
        .tips = {"request_policy:all_nodes", "response_policy:all_succeeded"},
    };
    static constexpr auto syntax = sequence(optional(rest("event", &LatencyReset::events)));

    void run(Context& context, Writer& reply) const
    {
        reply.integer(static_cast<std::int64_t>(context.services.latency.reset(events)));
    }
};

constexpr Spec help = help_card("LATENCY", "2.8.13");
constexpr auto latency_subcommands =
    dispatch::commands<LatencyDoctor, LatencyGraph, Help<help>, LatencyHistogram, LatencyHistory,
                       LatencyLatest, LatencyReset>;

struct Latency {
    static constexpr Spec spec{
        .name = "LATENCY",
        .summary = "Shows what took long.",
        .since = "2.8.13",
        .complexity = "Depends on the subcommand.",
    };
    static constexpr std::span<const dispatch::Command> subcommands = latency_subcommands;
};

constexpr auto latency_commands = dispatch::commands<Latency>;

}  // namespace

const dispatch::Family server_latency{"server", {}, latency_commands};

}  // namespace mini_redis::commands
