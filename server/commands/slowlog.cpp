// SLOWLOG: the commands that took too long.
#include "protocol/number.hpp"
#include "server/commands/help.hpp"

namespace mini_redis::commands {
namespace {

constexpr auto admin = Flag::admin | Flag::loading | Flag::stale;

struct SlowlogGet {
    Words words;

    static constexpr Spec spec{
        .name = "GET",
        .container = "SLOWLOG",
        .summary = "Returns the newest entries: ten, so many, or all with -1.",
        .since = "2.2.12",
        .complexity = "O(N) where N is the number of entries returned",
        .flags = admin,
        .tips = {"request_policy:all_nodes", "nondeterministic_output"},
    };
    static constexpr auto syntax =
        sequence(unread(&SlowlogGet::words, optional(word("count", ArgumentType::integer))));

    void run(Context& context, Writer& reply) const
    {
        if (words.size() > 1) return wrong_subcommand(context, "SLOWLOG", reply);
        const auto count = words.empty() ? 10 : protocol::parse_integer(words[0]);
        if (!count || *count < -1)
            return reply.error("ERR count should be greater than or equal to -1");
        const auto entries = context.services.slow_log.newest(static_cast<std::size_t>(*count));
        reply.array(entries.size());
        for (const observability::SlowCommand& entry : entries) write(entry, reply);
    }

    static void write(const observability::SlowCommand& entry, Writer& reply)
    {
        reply.array(6);
        reply.integer(entry.id);
        reply.integer(entry.unix_seconds);
        reply.integer(entry.microseconds);
        reply.array(entry.words.size());
        for (const std::string& text : entry.words) reply.bulk(text);
        reply.bulk(entry.client_address);
        reply.bulk(entry.client_name);
    }
};

struct SlowlogLen {
    static constexpr Spec spec{
        .name = "LEN",
        .container = "SLOWLOG",
        .summary = "Returns the number of entries.",
        .since = "2.2.12",
        .complexity = "O(1)",
        .flags = admin,
        .tips = {"request_policy:all_nodes", "response_policy:agg_sum", "nondeterministic_output"},
    };
    static constexpr auto syntax = sequence();

    void run(Context& context, Writer& reply) const
    {
        reply.integer(static_cast<std::int64_t>(context.services.slow_log.size()));
    }
};

struct SlowlogReset {
    static constexpr Spec spec{
        .name = "RESET",
        .container = "SLOWLOG",
        .summary = "Forgets all entries.",
        .since = "2.2.12",
        .complexity = "O(N) where N is the number of entries",
        .flags = admin,
        .tips = {"request_policy:all_nodes", "response_policy:all_succeeded"},
    };
    static constexpr auto syntax = sequence();

    void run(Context& context, Writer& reply) const
    {
        context.services.slow_log.clear();
        reply.ok();
    }
};

constexpr Spec help = help_card("SLOWLOG", "6.2.0");
constexpr auto slowlog_subcommands =
    dispatch::commands<SlowlogGet, Help<help>, SlowlogLen, SlowlogReset>;

struct Slowlog {
    static constexpr Spec spec{
        .name = "SLOWLOG",
        .summary = "Shows the commands that took too long.",
        .since = "2.2.12",
        .complexity = "Depends on the subcommand.",
    };
    static constexpr std::span<const dispatch::Command> subcommands = slowlog_subcommands;
};

constexpr auto slowlog_commands = dispatch::commands<Slowlog>;

}  // namespace

const dispatch::Family server_slowlog{"server", {}, slowlog_commands};

}  // namespace mini_redis::commands
