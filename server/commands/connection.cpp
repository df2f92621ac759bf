// The connection itself: is it alive, who is there, in which dialect and database.
#include "server/commands/client_line.hpp"
#include "server/config/version.hpp"
#include "server/dispatch/withdraw.hpp"

#include <limits>

namespace mini_redis::commands {
namespace {

constexpr auto any_time = Flag::noscript | Flag::loading | Flag::stale;
constexpr auto before_login = any_time | Flag::fast | Flag::no_auth | Flag::allow_busy;

// Takes as long whatever the two have in common.
bool equal_in_constant_time(std::string_view given, std::string_view secret)
{
    unsigned difference = given.size() == secret.size() ? 0 : 1;
    for (std::size_t i = 0; i < given.size() && !secret.empty(); ++i)
        difference |= static_cast<unsigned>(given[i] ^ secret[i % secret.size()]);
    return difference == 0;
}

// There is one user, and who needs no password is given none wrong.
bool log_in(Context& context, Word user, Word password)
{
    const std::string secret = context.services.config.requirepass.get();
    if (user != "default") return false;
    if (!secret.empty() && !equal_in_constant_time(password, secret)) return false;
    context.session.authenticated = true;
    return true;
}

struct Auth {
    Words words;

    static constexpr Spec spec{
        .name = "AUTH",
        .summary = "Logs in with the server's password.",
        .since = "1.0.0",
        .complexity = "O(N) where N is the length of the password given",
        .flags = before_login,
    };
    static constexpr auto syntax = sequence(unread<1>(
        &Auth::words,
        Manual{[] { return Argument{.name = "username", .since = "6.0.0", .optional = true}; }},
        Manual{[] { return Argument{.name = "password"}; }}));

    void run(Context& context, Writer& reply) const
    {
        if (words.size() > 2) return reply.error(errors::syntax);
        const Word user = words.size() == 2 ? words[0] : "default";
        const Word password = words.back();
        for (std::size_t i = 0; i < words.size(); ++i) context.secrets.add(1 + i);
        if (words.size() == 1 && context.services.config.requirepass.get().empty())
            return reply.error(
                "ERR AUTH <password> called without any password configured for the default user. "
                "Are you sure your configuration is correct?");
        if (!log_in(context, user, password)) return reply.error(errors::wrong_password);
        reply.ok();
    }
};

struct Echo {
    std::string_view message;

    static constexpr Spec spec{
        .name = "ECHO",
        .summary = "Answers what it was given.",
        .since = "1.0.0",
        .complexity = "O(1)",
        .flags = Flag::loading | Flag::stale | Flag::fast,
    };
    static constexpr auto syntax = sequence(arg("message", &Echo::message));

    void run(Context&, Writer& reply) const { reply.bulk(message); }
};

struct Hello {
    Words words;

    static Argument argument()
    {
        return {.name = "arguments",
                .type = ArgumentType::block,
                .optional = true,
                .children = {{.name = "protover", .type = ArgumentType::integer},
                             {.name = "username_password",
                              .type = ArgumentType::block,
                              .token = "AUTH",
                              .optional = true,
                              .children = {{.name = "username"}, {.name = "password"}}},
                             {.name = "clientname", .token = "SETNAME", .optional = true}}};
    }
    static constexpr Spec spec{
        .name = "HELLO",
        .summary = "Chooses the dialect, logs in and names the client, and says who the server is.",
        .since = "6.0.0",
        .complexity = "O(1)",
        .flags = before_login,
    };
    static constexpr auto syntax = sequence(unread(&Hello::words, Manual{argument}));

    void run(Context& context, Writer& reply) const
    {
        std::int64_t version = 0;
        if (!words.empty()) {
            const auto number = protocol::parse_integer(words[0]);
            if (!number)
                return reply.error("ERR Protocol version is not an integer or out of range");
            if (*number != 2 && *number != 3)
                return reply.error("NOPROTO unsupported protocol version");
            version = *number;
        }
        if (!take_options(context, reply)) return;
        Session& session = context.session;
        if (!session.authenticated)
            return reply.error(
                "NOAUTH HELLO must be called with the client already authenticated, otherwise the "
                "HELLO AUTH <user> <pass> option can be used to authenticate the client and "
                "select the RESP protocol version at the same time");
        if (version != 0) {
            session.dialect = version == 3 ? Dialect::resp3 : Dialect::resp2;
            session.resp = static_cast<std::uint8_t>(version);
            reply.set_dialect(session.dialect);
        }
        introduce(session, reply);
    }

    // One after the other as they come: those before a wrong one have had their effect.
    bool take_options(Context& context, Writer& reply) const
    {
        for (std::size_t i = 1; i < words.size(); ++i) {
            const std::size_t more = words.size() - i - 1;
            if (more >= 2 && protocol::equal_ignoring_case(words[i], "AUTH")) {
                const bool right = log_in(context, words[i + 1], words[i + 2]);
                context.secrets.add(1 + i + 1);
                context.secrets.add(1 + i + 2);
                if (!right) return reply.error(errors::wrong_password), false;
                i += 2;
            } else if (more >= 1 && protocol::equal_ignoring_case(words[i], "SETNAME")) {
                if (!set_client_name(context.session, words[++i], reply)) return false;
            } else {
                // To Redis it is a C string.
                const Word option = words[i].substr(0, words[i].find('\0'));
                reply.error("ERR Syntax error in HELLO option '" + std::string(option) + "'");
                return false;
            }
        }
        return true;
    }

    static void introduce(const Session& session, Writer& reply)
    {
        reply.map(7);
        reply.bulk("server");
        reply.bulk("redis");
        reply.bulk("version");
        reply.bulk(config::redis_version);
        reply.bulk("proto");
        reply.integer(session.resp);
        reply.bulk("id");
        reply.integer(static_cast<std::int64_t>(session.id));
        reply.bulk("mode");
        reply.bulk("standalone");
        reply.bulk("role");
        reply.bulk("master");
        reply.bulk("modules");
        reply.array(0);
    }
};

struct Ping {
    Words words;

    static constexpr Spec spec{
        .name = "PING",
        .summary = "Answers PONG, or what it was given.",
        .since = "1.0.0",
        .complexity = "O(1)",
        .flags = Flag::fast,
        .tips = {"request_policy:all_shards", "response_policy:all_succeeded"},
    };
    static constexpr auto syntax = sequence(
        unread(&Ping::words, Manual{[] { return Argument{.name = "message", .optional = true}; }}));

    // Who listens in RESP2 is answered as by a message.
    void run(Context& context, Writer& reply) const
    {
        if (words.size() > 1)
            return reply.error("ERR wrong number of arguments for 'ping' command");
        if (context.session.listens() && reply.dialect() == Dialect::resp2) {
            reply.array(2);
            reply.bulk("pong");
            return reply.bulk(words.empty() ? "" : words[0]);
        }
        if (words.empty()) return reply.simple("PONG");
        reply.bulk(words[0]);
    }
};

struct Quit {
    Words words;

    static constexpr Spec spec{
        .name = "QUIT",
        .summary = "Closes the connection once all replies are sent.",
        .since = "1.0.0",
        .complexity = "O(1)",
        .flags = before_login,
        .never_queued = true,
    };
    static constexpr auto syntax = sequence(unread(&Quit::words));

    void run(Context& context, Writer& reply) const
    {
        context.session.closing = true;
        reply.ok();
    }
};

struct Reset {
    static constexpr Spec spec{
        .name = "RESET",
        .summary = "Makes the connection what it was when it began.",
        .since = "6.2.0",
        .complexity = "O(1)",
        .flags = before_login,
        .never_queued = true,
    };
    static constexpr auto syntax = sequence();

    void run(Context& context, Writer& reply) const
    {
        dispatch::withdraw(context.services, context.session);
        context.session.reset(!context.services.config.requirepass.get().empty());
        reply.set_dialect(context.session.dialect);
        reply.simple("RESET");
    }
};

struct Select {
    std::int64_t index = 0;

    static constexpr Spec spec{
        .name = "SELECT",
        .summary = "Chooses the database that commands after this one work in.",
        .since = "1.0.0",
        .complexity = "O(1)",
        .flags = Flag::loading | Flag::stale | Flag::fast,
    };
    static constexpr auto syntax = sequence(arg("index", &Select::index));

    void run(Context& context, Writer& reply) const
    {
        using Int = std::numeric_limits<std::int32_t>;
        if (index < Int::min() || index > Int::max())
            return reply.error(
                "ERR value is out of range, value must between -2147483648 and 2147483647");
        if (index < 0 || index >= context.services.config.databases.get())
            return reply.error(errors::database_out_of_range);
        context.session.database = static_cast<std::uint32_t>(index);
        reply.ok();
    }
};

}  // namespace

constexpr auto connection_commands =
    dispatch::commands<Auth, Echo, Hello, Ping, Quit, Reset, Select>;
const dispatch::Family connection{"connection", Category::connection, connection_commands};

}  // namespace mini_redis::commands
