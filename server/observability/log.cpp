// A line: date, time in milliseconds, thread, level, message; as JSON the time is that of UTC, and
// the message, which may hold what a peer calls itself, is escaped. What is logged while a batch is
// traced bears the ids of its span. Every line is flushed: they are few, and the last one before a
// crash is the one that is wanted.
#include "server/observability/log.hpp"

#include "server/observability/span.hpp"

#include <array>
#include <memory>

#include <fmt/format.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/sinks/stdout_color_sinks.h>

namespace mini_redis::observability {
namespace {

// In the order of LogLevel. spdlog calls them trace, debug, info and warning.
constexpr std::array levels{spdlog::level::trace, spdlog::level::debug, spdlog::level::info,
                            spdlog::level::warn};

constexpr const char* text_pattern = "%Y-%m-%d %H:%M:%S.%e %t %^%l%$ %v";
constexpr const char* json_pattern =
    R"({"time":"%Y-%m-%dT%H:%M:%S.%eZ","thread":%t,"level":"%l","message":%v})";

std::atomic<LogFormat> format_chosen{LogFormat::text};

// What is not ASCII is told byte by byte, as Latin-1 has it: that is JSON whatever it was.
std::string escaped(std::string_view text)
{
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\')
            (out += '\\') += c;
        else if (byte >= 0x20 && byte < 0x7f)
            out += c;
        else
            out += fmt::format("\\u{:04x}", byte);
    }
    return out;
}

// Of what this thread works on; nothing if that is not traced.
std::string ids(fmt::format_string<std::string, std::string> format)
{
    return spanning ? fmt::format(format, trace_id(spanning), span_id(spanning)) : std::string();
}

std::unique_ptr<spdlog::logger> logger_to(spdlog::sink_ptr sink, LogFormat format = LogFormat::text)
{
    auto logger = std::make_unique<spdlog::logger>("mini-redis", std::move(sink));
    logger->set_level(spdlog::level::trace);
    logger->flush_on(spdlog::level::trace);
    if (format == LogFormat::json)
        logger->set_pattern(json_pattern, spdlog::pattern_time_type::utc);
    else
        logger->set_pattern(text_pattern);
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

std::optional<std::string> open_log(const std::string& file, LogFormat format)
try {
    logger() = logger_to(
        file.empty() ? spdlog::sink_ptr(std::make_shared<spdlog::sinks::stderr_color_sink_mt>())
                     : spdlog::sink_ptr(std::make_shared<spdlog::sinks::basic_file_sink_mt>(file)),
        format);
    format_chosen = format;
    return {};
} catch (const spdlog::spdlog_ex& error) {
    return error.what();
}

void log_detail::write(LogLevel level, fmt::string_view format, fmt::format_args arguments)
{
    std::string text = fmt::vformat(format, arguments);
    if (format_chosen == LogFormat::json)
        text = '"' + escaped(text) + '"' + ids(R"(,"trace_id":"{}","span_id":"{}")");
    else
        text += ids(" trace_id={} span_id={}");
    logger()->log(levels[static_cast<std::size_t>(level)], std::string_view(text));
}

}  // namespace mini_redis::observability
