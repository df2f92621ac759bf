// Reading a moment, with Redis' bounds and words.
#include "server/commands/expiry.hpp"

#include <limits>
#include <string>

namespace mini_redis::commands {

std::optional<Ttl> Expiry::moment(Milliseconds now, std::string_view command, Writer& reply) const
{
    const auto number = protocol::parse_integer(word);
    if (!number) {
        reply.error(errors::not_an_integer);
        return std::nullopt;
    }
    const bool seconds = form == Form::ex || form == Form::exat;
    const bool relative = form == Form::ex || form == Form::px;
    constexpr Milliseconds max = std::numeric_limits<Milliseconds>::max();
    const Milliseconds unit = seconds ? 1000 : 1;
    const Milliseconds base = relative ? now : 0;
    if (*number <= 0 || *number > max / unit || *number * unit > max - base) {
        reply.error("ERR invalid expire time in '" + std::string(command) + "' command");
        return std::nullopt;
    }
    return keyspace::until(base + *number * unit);
}

}  // namespace mini_redis::commands
