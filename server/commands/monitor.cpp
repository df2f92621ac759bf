// MONITOR: watching every command of every client as it is run.
//
// What is shown, and what is not, is decided where commands are run: see the dispatcher.
#include "server/commands/grammar.hpp"

namespace mini_redis::commands {
namespace {

struct Monitor {
    static constexpr Spec spec{
        .name = "MONITOR",
        .summary = "Shows every command of every client from now on.",
        .since = "1.0.0",
        .flags = Flag::admin | Flag::noscript | Flag::loading | Flag::stale,
    };
    static constexpr auto syntax = sequence();

    // Who monitors already is not answered, as in Redis.
    void run(Context& context, Writer& reply) const
    {
        if (context.called)
            return reply.error("ERR MONITOR isn't allowed for DENY BLOCKING client");
        if (context.session.monitor) return;
        context.services.clients.begin_monitoring(context.session);
        reply.ok();
    }
};

}  // namespace

constexpr auto monitor_commands = dispatch::commands<Monitor>;
const dispatch::Family monitor{"server", {}, monitor_commands};

}  // namespace mini_redis::commands
