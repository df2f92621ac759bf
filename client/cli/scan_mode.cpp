// One key a line, quoted for people, bare for programs.
#include "client/cli/key_walk.hpp"
#include "client/cli/modes.hpp"
#include "protocol/text.hpp"

namespace mini_redis::cli {

int run_scan_mode(const Options& options, Session& session, const Interrupt& interrupt)
{
    if (!session.connect()) return 1;
    const bool quoted = options.style.form == Form::people;
    KeyWalk walk(session, options);
    while (!walk.done() && !interrupt.raised()) {
        const auto keys = walk.step();
        if (!keys) return 1;
        std::string out;
        for (const std::string& key : *keys) out += (quoted ? protocol::quote(key) : key) + '\n';
        say(out);
        if (!walk.done()) pause(options.interval, &interrupt);
    }
    return 0;
}

}  // namespace mini_redis::cli
