// The client as a program: what is asked for is chosen here, and done elsewhere.
#include "client/cli/interrupt.hpp"
#include "client/cli/modes.hpp"
#include "client/cli/one_shot.hpp"
#include "client/cli/options.hpp"
#include "client/cli/password.hpp"
#include "client/cli/repl.hpp"

#include <clocale>
#include <cstdlib>
#include <exception>
#include <optional>

namespace {

using namespace mini_redis::cli;

// The command line wins over the environment, and a person over both.
void find_password(Options& options)
{
    if (options.warn_of_password) {
        complain(
            "Warning: Using a password with '-a' or '-u' option on the command line interface "
            "may not be safe.\n");
    }
    if (const char* const password = std::getenv("REDISCLI_AUTH");
        password != nullptr && !options.entry.password)
        options.entry.password = password;
    if (options.ask_password) options.entry.password = ask_password("Please input password: ");
}

bool is_session(const Options& options)
{
    return options.mode == Mode::command && options.command.empty();
}

// What sums up, or goes on, after Ctrl-C. All else is ended by it, as programs are.
bool outlives_interrupt(const Options& options)
{
    switch (options.mode) {
        case Mode::scan:
        case Mode::big_keys:
        case Mode::memory_keys:
        case Mode::pubsub:
            return true;
        default:
            return is_session(options);
    }
}

int run_session(Session& session, Interrupt& interrupt)
{
    // Without a server there is still a prompt, from which one may try again.
    session.connect();
    Repl(session, interrupt).run();
    return 0;
}

int run(const Options& options)
{
    std::optional<Interrupt> interrupt;
    if (outlives_interrupt(options)) interrupt.emplace();
    const bool waits_for_interrupt = is_session(options) || options.mode == Mode::pubsub;
    Session session(options.entry, Printer(options.style),
                    {waits_for_interrupt ? &*interrupt : nullptr, is_session(options),
                     options.errors_are_failures, options.interval});
    switch (options.mode) {
        case Mode::command:
            break;
        case Mode::pipe:
            return run_pipe_mode(options, session);
        case Mode::scan:
            return run_scan_mode(options, session, *interrupt);
        case Mode::stat:
            return run_stat_mode(options, session);
        case Mode::latency:
        case Mode::latency_history:
            return run_latency_mode(options, session);
        case Mode::big_keys:
        case Mode::memory_keys:
            return run_big_keys_mode(options, session, *interrupt);
        case Mode::pubsub:
            return run_pubsub_mode(options, session);
        case Mode::eval:
            return run_script(options, session);
    }
    return is_session(options) ? run_session(session, *interrupt)
                               : run_one_command(options, session);
}

}  // namespace

int main(int argc, char** argv)
{
    std::setlocale(LC_CTYPE, "");
    try {
        Options options;
        if (const auto leave =
                read_options(options, Words(argv + 1, argv + argc), default_style())) {
            (leave->code == 0 ? say : complain)(leave->text);
            return leave->code;
        }
        find_password(options);
        return run(options);
    } catch (const std::exception& error) {
        complain(std::string(error.what()) + '\n');
        return 1;
    }
}
