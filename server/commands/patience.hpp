// For how long a client waits, and how a command comes to wait.
#pragma once

#include "server/commands/collections.hpp"

#include <cmath>
#include <cstdint>

namespace mini_redis::commands {

// For ever if it is 0.
struct Patience {
    std::int64_t ms = 0;
};

inline bool set_patience(Patience& patience, std::int64_t ms, Arguments& in)
{
    if (ms < 0) return in.fail("ERR timeout is negative");
    return patience.ms = ms, true;
}

// Said in milliseconds.
inline bool convert(Word word, Patience& patience, Arguments& in)
{
    const auto ms = protocol::parse_integer(word);
    if (!ms) return in.fail("ERR timeout is not an integer or out of range");
    return set_patience(patience, *ms, in);
}

// Said in seconds and fractions of one.
struct PatienceInSeconds : Patience {};

inline bool convert(Word word, PatienceInSeconds& patience, Arguments& in)
{
    const auto seconds = protocol::parse_long_double(word);
    if (!seconds) return in.fail("ERR timeout is not a float or out of range");
    const long double ms = std::ceil(*seconds * 1000);
    // What is more than can be counted is negative to Redis.
    constexpr long double too_much = 0x1p63L;
    return set_patience(patience, ms < too_much ? static_cast<std::int64_t>(ms) : -1, in);
}

template <class C>
constexpr auto timeout_arg(PatienceInSeconds C::* field)
{
    return arg("timeout", field).of_type(ArgumentType::real);
}

// The same of one that is read late. False, and an error written, if it makes no sense.
inline bool read_patience(Word word, PatienceInSeconds& patience, Writer& reply)
{
    Arguments in({}, 0, {});
    return convert(word, patience, in) || (reply.error(in.error()), false);
}

// Has the client wait until one of the request's first `keys` keys holds what it asks for. In a
// transaction, where nobody waits, its time is over at once.
inline void wait_for(Context& context, keyspace::Type type, std::size_t keys, Patience patience,
                     Writer& reply)
{
    if (context.called) return reply.null_array();
    context.waiting = {.type = type, .keys = keys, .timeout_ms = patience.ms};
}

// What takes from the first of several keys that is there, or waits for one: BLPOP and its like.
struct PopOrWait {
    Keys keys;
    PatienceInSeconds patience;

    static constexpr auto syntax =
        sequence(keys_arg("key", &PopOrWait::keys, Use::rw | Use::access | Use::del, 1),
                 timeout_arg(&PopOrWait::patience));

    // `take` as with_first() calls it.
    template <class Take>
    void take_or_wait(Context& context, Type type, Writer& reply, Take&& take) const
    {
        if (!with_first(context, keys, type, reply, take))
            wait_for(context, type, keys.size(), patience, reply);
    }
};

}  // namespace mini_redis::commands
