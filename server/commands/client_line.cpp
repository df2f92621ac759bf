// Printing a client; reading types and names.
#include "server/commands/client_line.hpp"

#include <algorithm>
#include <utility>

#include <fmt/core.h>

namespace mini_redis::commands {
namespace {

std::string flags_of(const Session& session)
{
    std::string flags;
    if (session.monitor) flags += 'O';
    if (session.listens()) flags += 'P';
    const dispatch::Transacting* transacting = session.transacting.get();
    if (transacting && transacting->queued >= 0) flags += 'x';
    if (session.waiting) flags += 'b';
    if (session.tracking.on) flags += 't';
    if (session.tracking.broken_redirect) flags += 'R';
    if (session.tracking.broadcast) flags += 'B';
    if (transacting && transacting->watcher.touched) flags += 'd';
    if (session.over_unix_socket) flags += 'U';
    if (session.no_evict) flags += 'e';
    return flags.empty() ? "N" : flags;
}

}  // namespace

std::string client_line(const Session& session, Milliseconds now, Words words)
{
    const dispatch::Listed* command = session.last_command;
    const std::uint64_t query = session.query_bytes;
    const std::uint64_t query_free = session.query_room;
    const std::uint64_t output = session.output_bytes;
    const dispatch::Transacting* transacting = session.transacting.get();
    const std::int32_t queued = transacting ? transacting->queued.load() : -1;
    const std::size_t queued_bytes = transacting ? transacting->queued_bytes.load() : 0;
    std::size_t argument_bytes = 0;
    for (const Word word : words) argument_bytes += word.size();
    return fmt::format(
        "id={} addr={} laddr={} fd={} name={} age={} idle={} flags={} db={} sub={} psub={} ssub={} "
        "multi={} qbuf={} qbuf-free={} argv-mem={} multi-mem={} rbs=0 rbp=0 obl=0 oll={} omem={} "
        "tot-mem={} events={} cmd={} user=default redir={} resp={}\n",
        session.id, session.address, session.local_address, session.descriptor, session.name.get(),
        (now - session.created_ms) / 1000, (now - session.last_used_ms) / 1000, flags_of(session),
        session.database.load(), session.listening[0].load(), session.listening[1].load(),
        session.listening[2].load(), queued, query, query_free, argument_bytes, queued_bytes,
        output == 0 ? 0 : 1, output,
        session.link.object_bytes() + query + query_free + output + queued_bytes,
        output == 0 ? "r" : "rw", command ? command->name : "NULL", redirect_of(session),
        session.resp.load());
}

std::int64_t redirect_of(const Session& session)
{
    return session.tracking.on ? static_cast<std::int64_t>(session.tracking.redirect) : -1;
}

ClientType type_of(const Session& session)
{
    return session.listens() ? ClientType::pubsub : ClientType::normal;
}

std::optional<ClientType> client_type(Word name)
{
    constexpr std::array<std::pair<std::string_view, ClientType>, 5> types{{
        {"normal", ClientType::normal},
        {"slave", ClientType::replica},
        {"replica", ClientType::replica},
        {"pubsub", ClientType::pubsub},
        {"master", ClientType::master},
    }};
    for (const auto& [text, type] : types)
        if (protocol::equal_ignoring_case(name, text)) return type;
    return std::nullopt;
}

bool read_client_type(Word name, std::optional<ClientType>& type, Writer& reply)
{
    type = client_type(name);
    if (!type) reply.error("ERR Unknown client type '" + std::string(name) + "'");
    return type.has_value();
}

Argument choice(std::string_view token, std::string_view since)
{
    Argument argument{.type = ArgumentType::pure_token, .token = token, .since = since};
    std::ranges::transform(token, std::back_inserter(argument.name), protocol::to_lower);
    return argument;
}

bool set_client_name(Session& session, Word name, Writer& reply)
{
    const auto printable = [](char c) { return c >= '!' && c <= '~'; };
    if (!std::ranges::all_of(name, printable)) {
        reply.error("ERR Client names cannot contain spaces, newlines or special characters.");
        return false;
    }
    session.name.set(std::string(name));
    return true;
}

}  // namespace mini_redis::commands
