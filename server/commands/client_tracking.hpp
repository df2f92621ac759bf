// CLIENT TRACKING and what belongs to it: a client that wants to be told when what it has read
// changes.
#pragma once

#include "server/commands/client_line.hpp"

namespace mini_redis::commands {

struct ClientTracking {
    Words words;

    static Argument status();
    static Argument redirect();
    static Argument prefix();
    static Argument flag(std::string_view token);
    static constexpr Spec spec{
        .name = "TRACKING",
        .container = "CLIENT",
        .summary = "Begins or ends telling the client when a key that it has read changes.",
        .since = "6.0.0",
        .complexity = "O(1). With prefixes O(N) where N is their number",
        .flags = Flag::noscript | Flag::loading | Flag::stale,
    };
    static constexpr auto syntax = sequence(
        unread<1>(&ClientTracking::words, Manual{status}, Manual{redirect}, Manual{prefix},
                  Manual{[] { return flag("BCAST"); }}, Manual{[] { return flag("OPTIN"); }},
                  Manual{[] { return flag("OPTOUT"); }}, Manual{[] { return flag("NOLOOP"); }}));

    void run(Context& context, Writer& reply) const;
};

struct ClientCaching {
    Words words;  // one

    static Argument argument();
    static constexpr Spec spec{
        .name = "CACHING",
        .container = "CLIENT",
        .summary = "Says whether what the next command reads is to be tracked.",
        .since = "6.0.0",
        .complexity = "O(1)",
        .flags = Flag::noscript | Flag::loading | Flag::stale,
        .arity = 3,  // its word is read by hand, so that the errors come in Redis' order
    };
    static constexpr auto syntax = sequence(unread<1>(&ClientCaching::words, Manual{argument}));

    void run(Context& context, Writer& reply) const;
};

struct ClientGetredir {
    static constexpr Spec spec{
        .name = "GETREDIR",
        .container = "CLIENT",
        .summary = "Returns the id of the client that is told instead of this one.",
        .since = "6.0.0",
        .complexity = "O(1)",
        .flags = Flag::noscript | Flag::loading | Flag::stale,
    };
    static constexpr auto syntax = sequence();

    void run(Context& context, Writer& reply) const { reply.integer(redirect_of(context.session)); }
};

struct ClientTrackinginfo {
    static constexpr Spec spec{
        .name = "TRACKINGINFO",
        .container = "CLIENT",
        .summary = "Says whether and how the client tracks what it reads.",
        .since = "6.2.0",
        .complexity = "O(1)",
        .flags = Flag::noscript | Flag::loading | Flag::stale,
    };
    static constexpr auto syntax = sequence();

    void run(Context& context, Writer& reply) const;
};

}  // namespace mini_redis::commands
