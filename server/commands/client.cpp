// CLIENT: what clients ask about themselves and each other, and how they are made to wait.
#include "server/commands/client_kill.hpp"
#include "server/commands/client_line.hpp"
#include "server/commands/client_tracking.hpp"
#include "server/commands/help.hpp"

#include <limits>
#include <optional>

namespace mini_redis::commands {
namespace {

using dispatch::Wait;

constexpr auto of_oneself = Flag::noscript | Flag::loading | Flag::stale;
constexpr auto of_others = of_oneself | Flag::admin;

struct GetName {
    static constexpr Spec spec{
        .name = "GETNAME",
        .container = "CLIENT",
        .summary = "Returns the connection's name.",
        .since = "2.6.9",
        .complexity = "O(1)",
        .flags = of_oneself,
    };
    static constexpr auto syntax = sequence();

    void run(Context& context, Writer& reply) const
    {
        const std::string name = context.session.name.get();
        if (name.empty()) return reply.null();
        reply.bulk(name);
    }
};

struct Id {
    static constexpr Spec spec{
        .name = "ID",
        .container = "CLIENT",
        .summary = "Returns the connection's id.",
        .since = "5.0.0",
        .complexity = "O(1)",
        .flags = of_oneself,
    };
    static constexpr auto syntax = sequence();

    void run(Context& context, Writer& reply) const
    {
        reply.integer(static_cast<std::int64_t>(context.session.id));
    }
};

struct Info {
    static constexpr Spec spec{
        .name = "INFO",
        .container = "CLIENT",
        .summary = "Describes the connection.",
        .since = "6.2.0",
        .complexity = "O(1)",
        .flags = of_oneself,
        .tips = {"nondeterministic_output"},
    };
    static constexpr auto syntax = sequence();

    void run(Context& context, Writer& reply) const
    {
        reply.verbatim("txt", client_line(context.session, context.now(), context.words));
    }
};

struct List {
    Words words;

    static Argument type()
    {
        return {
            .name = "normal_master_replica_pubsub",
            .type = ArgumentType::one_of,
            .token = "TYPE",
            .since = "5.0.0",
            .optional = true,
            .children = {choice("NORMAL"), choice("MASTER"), choice("REPLICA"), choice("PUBSUB")}};
    }
    static Argument id()
    {
        return {
            .name = "id",
            .type = ArgumentType::block,
            .token = "ID",
            .since = "6.2.0",
            .optional = true,
            .children = {{.name = "client-id", .type = ArgumentType::integer, .multiple = true}}};
    }
    static constexpr Spec spec{
        .name = "LIST",
        .container = "CLIENT",
        .summary = "Describes all connections, or some of them.",
        .since = "2.4.0",
        .complexity = "O(N) where N is the number of client connections",
        .flags = of_others,
        .tips = {"nondeterministic_output"},
    };
    static constexpr auto syntax = sequence(unread(&List::words, Manual{type}, Manual{id}));

    void run(Context& context, Writer& reply) const
    {
        std::string text;
        const auto add = [&](const Session& session) {
            const bool me = &session == &context.session;
            text += client_line(session, context.now(), me ? context.words : Words());
        };
        const dispatch::Clients& clients = context.services.clients;
        if (words.size() == 2 && protocol::equal_ignoring_case(words[0], "TYPE")) {
            std::optional<ClientType> type;
            if (!read_client_type(words[1], type, reply)) return;
            clients.each([&](const Session& session) {
                if (type_of(session) == *type) add(session);
            });
        } else if (words.size() > 1 && protocol::equal_ignoring_case(words[0], "ID")) {
            for (const Word word : words.subspan(1)) {
                const auto id = protocol::parse_integer(word);
                if (!id) return reply.error("ERR Invalid client ID");
                clients.with(static_cast<std::uint64_t>(*id), add);
            }
        } else if (words.empty()) {
            clients.each(add);
        } else {
            return reply.error(errors::syntax);
        }
        reply.verbatim("txt", text);
    }
};

struct NoEvict {
    bool on = false;

    static constexpr Spec spec{
        .name = "NO-EVICT",
        .container = "CLIENT",
        .summary = "Says whether the connection is to be spared when clients take too much memory.",
        .since = "7.0.0",
        .complexity = "O(1)",
        .flags = of_others,
    };
    static constexpr auto syntax = sequence(
        one_of("enabled", token("ON", &NoEvict::on, true), token("OFF", &NoEvict::on, false)));

    void run(Context& context, Writer& reply) const
    {
        context.session.no_evict = on;
        reply.ok();
    }
};

struct Pause {
    Words words;

    static Argument timeout() { return {.name = "timeout", .type = ArgumentType::integer}; }
    static Argument mode()
    {
        return {.name = "mode",
                .type = ArgumentType::one_of,
                .since = "6.2.0",
                .optional = true,
                .children = {choice("WRITE"), choice("ALL")}};
    }
    static constexpr Spec spec{
        .name = "PAUSE",
        .container = "CLIENT",
        .summary = "Makes the commands of all clients, or those that write, wait for a time.",
        .since = "2.9.50",
        .complexity = "O(1)",
        .flags = of_others,
    };
    static constexpr auto syntax =
        sequence(unread<1>(&Pause::words, Manual{timeout}, Manual{mode}));

    void run(Context& context, Writer& reply) const
    {
        using Kind = dispatch::Pause::Kind;
        if (words.size() > 2) return wrong_subcommand(context, "CLIENT", reply);
        Kind kind = Kind::all;
        if (words.size() == 2) {
            if (protocol::equal_ignoring_case(words[1], "WRITE"))
                kind = Kind::writes;
            else if (!protocol::equal_ignoring_case(words[1], "ALL"))
                return reply.error("ERR CLIENT PAUSE mode must be WRITE or ALL");
        }
        const auto timeout_ms = protocol::parse_integer(words[0]);
        if (!timeout_ms) return reply.error("ERR timeout is not an integer or out of range");
        if (*timeout_ms < 0) return reply.error("ERR timeout is negative");
        const Milliseconds now = context.now();
        constexpr Milliseconds last = std::numeric_limits<Milliseconds>::max();
        const Milliseconds until = *timeout_ms > last - now ? last : now + *timeout_ms;
        context.services.pause.begin(kind, until, now);
        reply.ok();
    }
};

struct Reply {
    enum class Choice : std::uint8_t { on, off, skip } choice = Choice::on;

    static constexpr Spec spec{
        .name = "REPLY",
        .container = "CLIENT",
        .summary = "Turns replies on or off, or leaves the next one out.",
        .since = "3.2.0",
        .complexity = "O(1)",
        .flags = of_oneself,
    };
    static constexpr auto syntax = sequence(one_of(
        "on_off_skip", token("ON", &Reply::choice, Choice::on),
        token("OFF", &Reply::choice, Choice::off), token("SKIP", &Reply::choice, Choice::skip)));

    void run(Context& context, Writer& reply) const
    {
        using dispatch::ReplyMode;
        ReplyMode& mode = context.session.reply_mode;
        if (choice == Choice::on) {
            mode = ReplyMode::on;
            reply.ok();
        } else if (choice == Choice::off) {
            mode = ReplyMode::off;
        } else if (mode != ReplyMode::off) {
            mode = ReplyMode::skip_next;
        }
    }
};

struct SetName {
    std::string_view name;

    static constexpr Spec spec{
        .name = "SETNAME",
        .container = "CLIENT",
        .summary = "Names the connection.",
        .since = "2.6.9",
        .complexity = "O(1)",
        .flags = of_oneself,
    };
    static constexpr auto syntax = sequence(arg("connection-name", &SetName::name));

    void run(Context& context, Writer& reply) const
    {
        if (set_client_name(context.session, name, reply)) reply.ok();
    }
};

struct Unblock {
    Words words;

    static Argument id() { return {.name = "client-id", .type = ArgumentType::integer}; }
    static Argument reason()
    {
        return {.name = "timeout_error",
                .type = ArgumentType::one_of,
                .optional = true,
                .children = {choice("TIMEOUT"), choice("ERROR")}};
    }
    static constexpr Spec spec{
        .name = "UNBLOCK",
        .container = "CLIENT",
        .summary = "Ends another connection's wait in a blocking command.",
        .since = "5.0.0",
        .complexity = "O(log N) where N is the number of client connections",
        .flags = of_others,
    };
    static constexpr auto syntax = sequence(unread<1>(&Unblock::words, Manual{id}, Manual{reason}));

    void run(Context& context, Writer& reply) const
    {
        if (words.size() > 2) return wrong_subcommand(context, "CLIENT", reply);
        if (words.size() == 2 && !protocol::equal_ignoring_case(words[1], "TIMEOUT") &&
            !protocol::equal_ignoring_case(words[1], "ERROR"))
            return reply.error("ERR CLIENT UNBLOCK reason should be TIMEOUT or ERROR");
        const auto number = protocol::parse_integer(words[0]);
        if (!number) return reply.error(errors::not_an_integer);
        const bool by_error = words.size() == 2 && protocol::equal_ignoring_case(words[1], "ERROR");
        reply.integer(
            context.services.waits.end_of(static_cast<std::uint64_t>(*number),
                                          by_error ? Wait::End::unblocked : Wait::End::timed_out));
    }
};

struct Unpause {
    static constexpr Spec spec{
        .name = "UNPAUSE",
        .container = "CLIENT",
        .summary = "Ends a CLIENT PAUSE.",
        .since = "6.2.0",
        .complexity = "O(N) where N is the number of paused clients",
        .flags = of_others,
        .runs_while_paused = true,
    };
    static constexpr auto syntax = sequence();

    void run(Context& context, Writer& reply) const
    {
        context.services.pause.end();
        reply.ok();
    }
};

constexpr Spec help = help_card("CLIENT", "5.0.0");
constexpr auto client_subcommands =
    dispatch::commands<ClientCaching, GetName, ClientGetredir, Help<help>, Id, Info, ClientKill,
                       List, NoEvict, Pause, Reply, SetName, ClientTracking, ClientTrackinginfo,
                       Unblock, Unpause>;

struct Client {
    static constexpr Spec spec{
        .name = "CLIENT",
        .summary = "What clients ask about themselves and each other.",
        .since = "2.4.0",
        .complexity = "Depends on the subcommand.",
    };
    static constexpr std::span<const dispatch::Command> subcommands = client_subcommands;
};

}  // namespace

constexpr auto client_commands = dispatch::commands<Client>;
const dispatch::Family client{"connection", Category::connection, client_commands};

}  // namespace mini_redis::commands
