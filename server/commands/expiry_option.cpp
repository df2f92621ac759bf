// Reading a moment, with Redis' bounds and words.
#include "server/commands/expiry_option.hpp"

namespace mini_redis::commands {

Moment read_moment(Word word, TimeUnit unit, TimeBase base, Milliseconds now, std::string_view command)
{
    constexpr Milliseconds max = std::numeric_limits<Milliseconds>::max();
    const Moment invalid{.error = "ERR invalid expire time in '" + std::string(command) + "' command"};
    const auto number = protocol::parse_integer(word);
    if (!number) return {.error = std::string(errors::not_an_integer)};
    Milliseconds at = *number;
    if (at <= 0) return invalid;
    if (unit == TimeUnit::seconds) {
        if (at > max / 1000) return invalid;
        at *= 1000;
    }
    if (base == TimeBase::now) {
        if (at > max - now) return invalid;
        at += now;
    }
    return {.at = at, .error = {}};
}

Moment ExpiryOption::moment(Milliseconds now, std::string_view command) const
{
    if (seconds) return read_moment(*seconds, TimeUnit::seconds, TimeBase::now, now, command);
    if (milliseconds) return read_moment(*milliseconds, TimeUnit::milliseconds, TimeBase::now, now, command);
    if (unix_seconds) return read_moment(*unix_seconds, TimeUnit::seconds, TimeBase::epoch, now, command);
    return read_moment(*unix_milliseconds, TimeUnit::milliseconds, TimeBase::epoch, now, command);
}

}  // namespace mini_redis::commands
