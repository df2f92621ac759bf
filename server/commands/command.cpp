// COMMAND: how many commands there are, which, what they are, and where a request has its keys.
#include "server/commands/command.hpp"

#include "protocol/glob.hpp"
#include "protocol/text.hpp"
#include "server/commands/help.hpp"

namespace mini_redis::commands {
namespace {

using dispatch::Listed;

constexpr auto any_time = Flag::loading | Flag::stale;
constexpr std::string_view any_order = "nondeterministic_output_order";

struct CommandCount {
    static constexpr Spec spec{
        .name = "COUNT",
        .container = "COMMAND",
        .summary = "Returns how many commands there are.",
        .since = "2.8.13",
        .complexity = "O(1)",
        .flags = any_time,
        .categories = Category::connection,
    };
    static constexpr auto syntax = sequence();

    void run(Context& context, Writer& reply) const
    {
        reply.integer(static_cast<std::int64_t>(context.services.catalogue.commands().size()));
    }
};

struct CommandDocs {
    Words names;

    static constexpr Spec spec{
        .name = "DOCS",
        .container = "COMMAND",
        .summary = "Returns what the manual says of the named commands, or of all.",
        .since = "7.0.0",
        .complexity = "O(N) where N is the number of commands to look up",
        .flags = any_time,
        .categories = Category::connection,
        .tips = {any_order},
    };
    static constexpr auto syntax = sequence(optional(rest("command-name", &CommandDocs::names)));

    void run(Context& context, Writer& reply) const
    {
        const dispatch::Catalogue& catalogue = context.services.catalogue;
        std::vector<const Listed*> wanted = catalogue.commands();
        if (!names.empty()) {
            wanted.clear();
            for (const Word name : names)
                if (const Listed* listed = catalogue.find_full(name)) wanted.push_back(listed);
        }
        reply.map(wanted.size());
        for (const Listed* listed : wanted) {
            reply.bulk(listed->name);
            write_command_docs(*listed, reply);
        }
    }
};

void write_all_infos(const Context& context, Writer& reply)
{
    const auto& commands = context.services.catalogue.commands();
    reply.array(commands.size());
    for (const Listed* listed : commands) write_command_info(*listed, reply);
}

struct CommandInfo {
    Words names;

    static constexpr Spec spec{
        .name = "INFO",
        .container = "COMMAND",
        .summary = "Returns arity, flags and key positions of the named commands, or of all.",
        .since = "2.8.13",
        .complexity = "O(N) where N is the number of commands to look up",
        .flags = any_time,
        .categories = Category::connection,
        .tips = {any_order},
    };
    static constexpr auto syntax = sequence(optional(rest("command-name", &CommandInfo::names)));

    void run(Context& context, Writer& reply) const
    {
        if (names.empty()) return write_all_infos(context, reply);
        reply.array(names.size());
        for (const Word name : names) {
            if (const Listed* listed = context.services.catalogue.find_full(name))
                write_command_info(*listed, reply);
            else
                reply.null();
        }
    }
};

struct CommandList {
    std::optional<std::string_view> module;
    std::optional<std::string_view> category;
    std::optional<std::string_view> pattern;

    static constexpr Spec spec{
        .name = "LIST",
        .container = "COMMAND",
        .summary = "Returns the names of all commands and subcommands, or of those that fit.",
        .since = "7.0.0",
        .complexity = "O(N) where N is the number of commands",
        .flags = any_time,
        .categories = Category::connection,
        .tips = {any_order},
    };
    static constexpr auto syntax = sequence(optional(token_arg(
        "FILTERBY",
        one_of("filterby", token_arg("MODULE", arg("module-name", &CommandList::module)),
               token_arg("ACLCAT", arg("category", &CommandList::category)),
               token_arg("PATTERN",
                         arg("pattern", &CommandList::pattern).of_type(ArgumentType::pattern))))));

    bool fits(const Listed& listed) const
    {
        if (module) return false;  // there are no modules
        if (pattern) return protocol::glob_match(*pattern, listed.name, true);
        if (!category) return true;
        for (unsigned i = 0; i < dispatch::category_count; ++i) {
            const auto candidate = static_cast<Category>(i);
            if (protocol::equal_ignoring_case(to_string(candidate), *category))
                return listed.categories.has(candidate);
        }
        return false;
    }

    void run(Context& context, Writer& reply) const
    {
        const auto mark = reply.later();
        std::size_t count = 0;
        for (const Listed& listed : context.services.catalogue.all()) {
            if (!fits(listed)) continue;
            reply.bulk(listed.name);
            ++count;
        }
        reply.array_at(mark, count);
    }
};

// Calls `write(key, spec)` for each key of a whole request that is given as arguments.
template <class Write>
void reply_with_keys(const Context& context, Words request, Writer& reply, Write&& write)
{
    const Listed* listed = context.services.catalogue.find(request);
    if (!listed) return reply.error("ERR Invalid command specified");
    const dispatch::Command& command = *listed->command;
    if (std::ranges::none_of(command.key_specs, &dispatch::KeySpec::is_key))
        return reply.error("ERR The command has no key arguments");
    if (!dispatch::accepts(command.arity, request.size()))
        return reply.error("ERR Invalid number of arguments specified for command");
    std::vector<std::pair<Word, const dispatch::KeySpec*>> keys;
    const bool complete =
        each_key(command, request, [&](std::size_t at, const dispatch::KeySpec& spec) {
            const bool known = spec.again && !keys.empty() && keys.back().second == &spec;
            if (!known) keys.emplace_back(request[at], &spec);
        });
    if (!complete || keys.empty()) {
        if (listed->flags.has(Flag::no_mandatory_keys)) return reply.array(0);
        return reply.error("ERR Invalid arguments specified for command");
    }
    reply.array(keys.size());
    for (const auto& [key, spec] : keys)
        write(key, command.uses ? command.uses(request) : spec->uses);
}

struct CommandGetkeys {
    Words request;

    static constexpr Spec spec{
        .name = "GETKEYS",
        .container = "COMMAND",
        .summary = "Returns the keys of a whole request.",
        .since = "2.8.13",
        .complexity = "O(N) where N is the number of words of the request",
        .flags = any_time,
        .categories = Category::connection,
    };
    static constexpr auto syntax = sequence(unread<2>(&CommandGetkeys::request));

    void run(Context& context, Writer& reply) const
    {
        reply_with_keys(context, request, reply,
                        [&](Word key, dispatch::Uses) { reply.bulk(key); });
    }
};

struct CommandGetkeysandflags {
    Words request;

    static constexpr Spec spec{
        .name = "GETKEYSANDFLAGS",
        .container = "COMMAND",
        .summary = "Returns the keys of a whole request, and what becomes of each.",
        .since = "7.0.0",
        .complexity = "O(N) where N is the number of words of the request",
        .flags = any_time,
        .categories = Category::connection,
    };
    static constexpr auto syntax = sequence(unread<2>(&CommandGetkeysandflags::request));

    void run(Context& context, Writer& reply) const
    {
        reply_with_keys(context, request, reply, [&](Word key, dispatch::Uses uses) {
            reply.array(2);
            reply.bulk(key);
            write_names(uses, dispatch::use_count, reply);
        });
    }
};

constexpr Spec help = help_card("COMMAND", "5.0.0", Category::connection);
constexpr auto command_subcommands =
    dispatch::commands<CommandCount, CommandDocs, CommandGetkeys, CommandGetkeysandflags,
                       Help<help>, CommandInfo, CommandList>;

struct Command {
    static constexpr Spec spec{
        .name = "COMMAND",
        .summary = "Returns arity, flags and key positions of all commands.",
        .since = "2.8.13",
        .complexity = "O(N) where N is the number of commands",
        .flags = any_time,
        .categories = Category::connection,
        .tips = {any_order},
        .arity = -1,  // with a subcommand it is longer
    };
    static constexpr auto syntax = sequence();
    static constexpr std::span<const dispatch::Command> subcommands = command_subcommands;

    void run(Context& context, Writer& reply) const { write_all_infos(context, reply); }
};

constexpr auto command_commands = dispatch::commands<Command>;

}  // namespace

const dispatch::Family server_command{"server", {}, command_commands};

}  // namespace mini_redis::commands
