// A line: date, time in milliseconds, thread, level, message. Every line is flushed: they are few,
// and the last one before a crash is the one that is wanted.
#include "server/observability/log.hpp"

#include <array>
#include <memory>

#include <spdlog/logger.h>
#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/sinks/stdout_color_sinks.h>

namespace mini_redis::observability {
namespace {

// In the order of LogLevel. spdlog calls them trace, debug, info and warning.
constexpr std::array levels{spdlog::level::trace, spdlog::level::debug, spdlog::level::info,
                            spdlog::level::warn};

std::unique_ptr<spdlog::logger> logger_to(spdlog::sink_ptr sink)
{
    auto logger = std::make_unique<spdlog::logger>("mini-redis", std::move(sink));
    logger->set_level(spdlog::level::trace);
    logger->flush_on(spdlog::level::trace);
    logger->set_pattern("%Y-%m-%d %H:%M:%S.%e %t %^%l%$ %v");
    return logger;
}

// Never destroyed, so that a thread that outlives main() may still log.
std::unique_ptr<spdlog::logger>& logger()
{
    static auto& instance = *new std::unique_ptr<spdlog::logger>(
        logger_to(std::make_shared<spdlog::sinks::stderr_color_sink_mt>()));
    return instance;
}

}  // namespace

LogLevel log_level(std::string_view name)
{
    if (name == "debug") return LogLevel::debug;
    if (name == "verbose") return LogLevel::verbose;
    return name == "warning" ? LogLevel::warning : LogLevel::notice;
}

std::optional<std::string> open_log(const std::string& file)
try {
    logger() = logger_to(
        file.empty() ? spdlog::sink_ptr(std::make_shared<spdlog::sinks::stderr_color_sink_mt>())
                     : spdlog::sink_ptr(std::make_shared<spdlog::sinks::basic_file_sink_mt>(file)));
    return {};
} catch (const spdlog::spdlog_ex& error) {
    return error.what();
}

void log_detail::write(LogLevel level, fmt::string_view format, fmt::format_args arguments)
{
    const std::string text = fmt::vformat(format, arguments);
    logger()->log(levels[static_cast<std::size_t>(level)], std::string_view(text));
}

}  // namespace mini_redis::observability
