// CONFIG: what can be chosen, read and changed while the server runs.
#include "server/commands/help.hpp"
#include "server/observability/log.hpp"

namespace mini_redis::commands {
namespace {

constexpr auto admin = Flag::admin | Flag::noscript | Flag::loading | Flag::stale;

void reply_with(const config::Error& error, Writer& reply)
{
    if (error)
        reply.error(*error);
    else
        reply.ok();
}

struct ConfigGet {
    Words patterns;

    static constexpr Spec spec{
        .name = "GET",
        .container = "CONFIG",
        .summary = "Returns the directives that match a pattern, with their values.",
        .since = "2.0.0",
        .complexity = "O(N) where N is the number of directives asked for",
        .flags = admin,
    };
    static constexpr auto syntax =
        sequence(unread<1>(&ConfigGet::patterns, repeated(block("parameter", word("parameter")))));

    void run(Context& context, Writer& reply) const
    {
        const auto found = context.services.config.get(patterns);
        reply.map(found.size());
        for (const auto& [name, value] : found) {
            reply.bulk(name);
            reply.bulk(value);
        }
    }
};

struct ConfigSet {
    Words words;  // names and values in turn

    static constexpr Spec spec{
        .name = "SET",
        .container = "CONFIG",
        .summary = "Changes directives: all that are named, or none.",
        .since = "2.0.0",
        .complexity = "O(N) where N is the number of directives given",
        .flags = admin,
        .tips = {"request_policy:all_nodes", "response_policy:all_succeeded"},
    };
    static constexpr auto syntax = sequence(unread<2>(
        &ConfigSet::words, repeated(block("parameter_value", word("parameter"), word("value")))));

    void run(Context& context, Writer& reply) const
    {
        if (words.size() % 2 != 0) return reply.error(errors::syntax);
        config::Config& config = context.services.config;
        std::vector<config::Config::Assignment> assignments;
        for (std::size_t i = 0; i < words.size(); i += 2) {
            assignments.emplace_back(words[i], words[i + 1]);
            const config::Setting* setting = config.find(words[i]);
            if (setting && setting->is_secret()) context.secrets.add(2 + i + 1);
        }
        reply_with(config.set(assignments), reply);
    }
};

struct ConfigResetstat {
    static constexpr Spec spec{
        .name = "RESETSTAT",
        .container = "CONFIG",
        .summary = "Sets the statistics that INFO shows back to zero.",
        .since = "2.0.0",
        .complexity = "O(1)",
        .flags = admin,
    };
    static constexpr auto syntax = sequence();

    void run(Context& context, Writer& reply) const
    {
        context.services.tally.reset();
        reply.ok();
    }
};

struct ConfigRewrite {
    static constexpr Spec spec{
        .name = "REWRITE",
        .container = "CONFIG",
        .summary = "Brings the configuration file up to date with what was changed since.",
        .since = "2.8.0",
        .complexity = "O(1)",
        .flags = admin,
    };
    static constexpr auto syntax = sequence();

    // Book: files-and-names/on-the-spot. What has nothing to wait with blocks.
    void run(Context& context, Writer& reply) const
    {
        const config::Error error = context.services.config.rewrite();
        if (error)
            observability::log_warning("CONFIG REWRITE failed: {}", *error);
        else
            observability::log_notice("the configuration file was rewritten");
        reply_with(error, reply);
    }
};

constexpr Spec help = help_card("CONFIG", "5.0.0");
constexpr auto config_subcommands =
    dispatch::commands<ConfigGet, Help<help>, ConfigResetstat, ConfigRewrite, ConfigSet>;

struct Config {
    static constexpr Spec spec{
        .name = "CONFIG",
        .summary = "Reads and changes what can be chosen.",
        .since = "2.0.0",
        .complexity = "Depends on the subcommand.",
    };
    static constexpr std::span<const dispatch::Command> subcommands = config_subcommands;
};

constexpr auto config_commands = dispatch::commands<Config>;

}  // namespace

const dispatch::Family server_config{"server", {}, config_commands};

}  // namespace mini_redis::commands
