// SHUTDOWN: the server's orderly end. It has no reply but the end of the connection.
//
// What would be saved or not is all the same to a server that saves nothing; the words are
// understood. A shutdown that has begun cannot be taken back: from then on nobody is heard.
#include "server/commands/grammar.hpp"
#include "server/observability/log.hpp"

namespace mini_redis::commands {
namespace {

struct Shutdown {
    enum class Save : std::uint8_t { by_config, no, yes };

    Save save = Save::by_config;
    bool now = false;
    bool force = false;
    bool abort = false;

    static constexpr Spec spec{
        .name = "SHUTDOWN",
        .summary = "Answers what was asked before, and ends the server.",
        .since = "1.0.0",
        .complexity = "O(N) where N is the number of clients",
        .flags = Flag::admin | Flag::noscript | Flag::loading | Flag::stale | Flag::no_multi |
                 Flag::allow_busy,
    };
    static constexpr auto syntax =
        sequence(options(one_of("nosave_save", token("NOSAVE", &Shutdown::save, Save::no),
                                token("SAVE", &Shutdown::save, Save::yes)),
                         token("NOW", &Shutdown::now).since("7.0.0"),
                         token("FORCE", &Shutdown::force).since("7.0.0"),
                         token("ABORT", &Shutdown::abort).since("7.0.0")));

    void run(Context& context, Writer& reply) const
    {
        if (abort) {
            if (save != Save::by_config || now || force) return reply.error(errors::syntax);
            return reply.error("ERR No shutdown in progress.");
        }
        observability::log_notice("{} asked for a shutdown", context.session.address);
        context.session.closing = true;
        context.services.control.shut_down(now);
    }
};

constexpr auto shutdown_commands = dispatch::commands<Shutdown>;

}  // namespace

const dispatch::Family server_shutdown{"server", {}, shutdown_commands};

}  // namespace mini_redis::commands
