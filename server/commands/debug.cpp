// DEBUG: what tests need. Guarded by `enable-debug-command`.
//
// To Redis it is one command and not a container, so its subcommands are told apart here.
#include "protocol/text.hpp"
#include "server/commands/encoding.hpp"
#include "server/commands/help.hpp"
#include "server/keyspace/access_clock.hpp"

#include <array>
#include <chrono>
#include <cstdlib>
#include <thread>

#include <fmt/core.h>

namespace mini_redis::commands {
namespace {

struct Subcommand {
    std::string_view name;
    std::string_view arguments;
    std::string_view summary;
    void (*run)(Context&, Words, Writer&);

    std::size_t word_count() const { return arguments.empty() ? 0 : 1; }
};

// Blocks the thread and all of its clients.
void sleep(Context&, Words words, Writer& reply)
{
    const double seconds = std::strtod(std::string(words[0]).c_str(), nullptr);
    std::this_thread::sleep_for(std::chrono::duration<double>(seconds));
    reply.ok();
}

void set_active_expire(Context& context, Words words, Writer& reply)
{
    context.data.keyspace().active_expiry = std::atoi(std::string(words[0]).c_str()) != 0;
    reply.ok();
}

void object(Context& context, Words words, Writer& reply)
{
    const Key key(words[0]);
    std::string text;
    context.data.with_table(key.shard(), [&](const keyspace::Table& table) {
        const auto place = table.find(key.hash, key.name);
        if (!place) return;
        const Entry& entry = *place.entry();
        text = fmt::format(
            "Value at:{} refcount:1 encoding:{} serializedlength:{} lru:{} lru_seconds_idle:{}",
            static_cast<const void*>(&entry), encoding_name(entry), entry.text_size(),
            entry.clock(), keyspace::lru_idle(entry.clock(), context.now()) / 1000);
    });
    if (text.empty()) return reply.error(errors::no_such_key);
    reply.simple(text);
}

void help(Context&, Words, Writer& reply);

constexpr std::array subcommands{
    Subcommand{"HELP", "", "Lists the subcommands.", help},
    Subcommand{"OBJECT", "key", "Shows how a key and its value are held.", object},
    Subcommand{"SET-ACTIVE-EXPIRE", "0|1",
               "Whether keys that expire are looked for, or go only when somebody asks for them.",
               set_active_expire},
    Subcommand{"SLEEP", "seconds", "Keeps a thread of the server busy for so long.", sleep},
};

void help(Context&, Words, Writer& reply)
{
    reply.array(1 + 2 * subcommands.size());
    reply.simple("DEBUG <subcommand> [<arg> [value] [opt] ...]. Subcommands are:");
    for (const Subcommand& sub : subcommands) {
        reply.simple(std::string(sub.name) + (sub.word_count() == 0 ? "" : " ") +
                     std::string(sub.arguments));
        reply.simple("    " + std::string(sub.summary));
    }
}

struct Debug {
    Words words;

    static constexpr Spec spec{
        .name = "DEBUG",
        .summary = "Does what tests need and nobody else should.",
        .since = "1.0.0",
        .complexity = "Depends on the subcommand.",
        .flags = Flag::admin | Flag::noscript | Flag::loading | Flag::stale | Flag::guarded,
        .system = true,
    };
    static constexpr auto syntax = sequence(unread<1>(&Debug::words));

    void run(Context& context, Writer& reply) const
    {
        for (const Subcommand& sub : subcommands)
            if (protocol::equal_ignoring_case(sub.name, words[0]) &&
                words.size() == 1 + sub.word_count())
                return sub.run(context, words.subspan(1), reply);
        wrong_subcommand(context, "DEBUG", reply);
    }
};

constexpr auto debug_commands = dispatch::commands<Debug>;

}  // namespace

const dispatch::Family server_debug{"server", {}, debug_commands};

}  // namespace mini_redis::commands
