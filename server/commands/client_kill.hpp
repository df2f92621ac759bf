// CLIENT KILL: by address, as of old, or by filters.
#pragma once

#include "server/commands/client_line.hpp"

namespace mini_redis::commands {

struct ClientKill {
    Words words;

    static Argument argument();
    static constexpr Spec spec{
        .name = "KILL",
        .container = "CLIENT",
        .summary = "Closes the connections of the clients that fit.",
        .since = "2.4.0",
        .complexity = "O(N) where N is the number of client connections",
        .flags = Flag::admin | Flag::noscript | Flag::loading | Flag::stale,
    };
    static constexpr auto syntax = sequence(unread<1>(&ClientKill::words, Manual{argument}));

    void run(Context& context, Writer& reply) const;
};

}  // namespace mini_redis::commands
