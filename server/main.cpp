// The server as a program: flags in, exit code out.
#include "server/config/command_line.hpp"
#include "server/config/version.hpp"
#include "server/observability/log.hpp"
#include "server/pid_file.hpp"
#include "server/server.hpp"

#include <clocale>
#include <csignal>
#include <cstdio>
#include <exception>

namespace {

namespace config = mini_redis::config;
namespace observability = mini_redis::observability;

void open_log(const config::Config& settings, const config::Start& start)
{
    const auto format = static_cast<observability::LogFormat>(settings.log_format.get());
    if (const auto error = observability::open_log(settings.logfile.get(), format))
        throw std::runtime_error(*error);
    observability::set_log_level(static_cast<observability::LogLevel>(settings.loglevel.get()));
    for (const std::string& warning : start.warnings) observability::log_warning("{}", warning);
}

}  // namespace

int main(int argc, char** argv)
{
    std::signal(SIGPIPE, SIG_IGN);
    std::setlocale(LC_COLLATE, "");  // SORT ALPHA
    try {
        config::Config settings;
        const config::Arguments words(argv + 1, argv + argc);
        const config::Start start = config::read_command_line(settings, words, config::version);
        if (start.exit) {
            std::fputs(start.exit->text.c_str(), start.exit->code == 0 ? stdout : stderr);
            return start.exit->code;
        }
        open_log(settings, start);
        mini_redis::server::Server server(settings);
        server.obey_signals();
        const mini_redis::server::PidFile pid_file(settings.pidfile.get());
        server.run();
        return 0;
    } catch (const std::exception& error) {
        observability::log_warning("{}", error.what());
        return 1;
    }
}
