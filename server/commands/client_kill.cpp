// Reading filters, and who fits them.
#include "server/commands/client_kill.hpp"

#include "server/dispatch/listening.hpp"

#include <limits>

namespace mini_redis::commands {
namespace {

// What a client must be to be closed. Of a filter that is given twice the last one counts.
struct Filter {
    std::optional<std::uint64_t> id;
    std::optional<ClientType> type;
    std::optional<Word> address;
    std::optional<Word> local_address;
    bool skip_me = true;

    bool fits(const Session& session) const
    {
        return (!id || *id == session.id) && (!type || *type == type_of(session)) &&
               (!address || *address == session.address) &&
               (!local_address || *local_address == session.local_address);
    }
};

bool is(Word word, std::string_view token)
{
    return protocol::equal_ignoring_case(word, token);
}

// False, and an error written, if there is no such filter or no such value.
bool read_option(Filter& filter, Word name, Word value, Writer& reply)
{
    if (is(name, "ID")) {
        const auto id = protocol::parse_integer(value);
        if (!id || *id < 1) return reply.error("ERR client-id should be greater than 0"), false;
        filter.id = static_cast<std::uint64_t>(*id);
    } else if (is(name, "TYPE")) {
        return read_client_type(value, filter.type, reply);
    } else if (is(name, "ADDR")) {
        filter.address = value;
    } else if (is(name, "LADDR")) {
        filter.local_address = value;
    } else if (is(name, "USER")) {
        if (value == "default") return true;  // everybody is
        return reply.error("ERR No such user '" + std::string(value) + "'"), false;
    } else if (is(name, "SKIPME") && (is(value, "YES") || is(value, "NO"))) {
        filter.skip_me = is(value, "YES");
    } else {
        return reply.error(errors::syntax), false;
    }
    return true;
}

bool read_filter(Filter& filter, Words words, Writer& reply)
{
    for (; words.size() >= 2; words = words.subspan(2))
        if (!read_option(filter, words[0], words[1], reply)) return false;
    return words.empty() || (reply.error(errors::syntax), false);
}

}  // namespace

void ClientKill::run(Context& context, Writer& reply) const
{
    const bool by_address = words.size() == 1;
    Filter filter;
    if (by_address)
        filter = {.id = {}, .type = {}, .address = words[0], .local_address = {}, .skip_me = false};
    else if (!read_filter(filter, words, reply))
        return;

    Session& me = context.session;
    std::size_t closed = dispatch::close_sessions(context.services, [&](const Session& session) {
        return &session != &me && filter.fits(session);
    });
    if (!filter.skip_me && filter.fits(me)) {
        me.closing = true;  // after this reply
        ++closed;
    }
    if (!by_address) return reply.integer(static_cast<std::int64_t>(closed));
    if (closed == 0) return reply.error("ERR No such client");
    reply.ok();
}

Argument ClientKill::argument()
{
    const auto word = [](std::string name, std::string_view token, std::string_view since = {}) {
        return Argument{.name = std::move(name), .token = token, .since = since, .optional = true};
    };
    Argument id = word("client-id", "ID", "2.8.12");
    id.type = ArgumentType::integer;
    Argument types = word("normal_master_slave_pubsub", "TYPE", "2.8.12");
    types.type = ArgumentType::one_of;
    types.children = {choice("NORMAL"), choice("MASTER", "3.2.0"), choice("SLAVE"),
                      choice("REPLICA", "5.0.0"), choice("PUBSUB")};
    return {
        .name = "filter",
        .type = ArgumentType::one_of,
        .children = {{.name = "ip:port", .deprecated_since = "2.8.12"},
                     {.name = "new-format",
                      .type = ArgumentType::one_of,
                      .multiple = true,
                      .children = {id, types, word("username", "USER"), word("ip:port", "ADDR"),
                                   word("ip:port", "LADDR", "6.2.0"), word("yes/no", "SKIPME")}}}};
}

}  // namespace mini_redis::commands
