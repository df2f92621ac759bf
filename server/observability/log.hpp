// The log: what the server has to say to whoever runs it.
//
// Levels are those of Redis. A message below the level costs one load and nothing is formatted. The
// header brings in fmt's small core alone; spdlog stays behind it. No line may hold a key's value,
// a password, or anything else that belongs to a client.
#pragma once

#include <atomic>
#include <optional>
#include <string>
#include <string_view>

#include <fmt/core.h>

namespace mini_redis::observability {

enum class LogLevel { debug, verbose, notice, warning };

// By the name that `loglevel` has in the configuration; an unknown one is notice.
LogLevel log_level(std::string_view name);

// A line as people read it, or as a JSON object for a collector of logs.
enum class LogFormat { text, json };

// Sends the log to a file, appending, or to the standard error stream if `file` is empty, where it
// goes before. Call it before there are threads. Returns why the file cannot be opened.
std::optional<std::string> open_log(const std::string& file, LogFormat format = LogFormat::text);

namespace log_detail {

inline std::atomic<LogLevel> threshold{LogLevel::notice};

void write(LogLevel level, fmt::string_view format, fmt::format_args arguments);

}  // namespace log_detail

inline void set_log_level(LogLevel level)
{
    log_detail::threshold.store(level, std::memory_order_relaxed);
}

// Any thread may call these. `format` is checked at compile time.
template <class... Arguments>
void log(LogLevel level, fmt::format_string<Arguments...> format, Arguments&&... arguments)
{
    if (level < log_detail::threshold.load(std::memory_order_relaxed)) return;
    log_detail::write(level, format, fmt::make_format_args(arguments...));
}

template <class... Arguments>
void log_debug(fmt::format_string<Arguments...> format, Arguments&&... arguments)
{
    log(LogLevel::debug, format, std::forward<Arguments>(arguments)...);
}

template <class... Arguments>
void log_verbose(fmt::format_string<Arguments...> format, Arguments&&... arguments)
{
    log(LogLevel::verbose, format, std::forward<Arguments>(arguments)...);
}

template <class... Arguments>
void log_notice(fmt::format_string<Arguments...> format, Arguments&&... arguments)
{
    log(LogLevel::notice, format, std::forward<Arguments>(arguments)...);
}

template <class... Arguments>
void log_warning(fmt::format_string<Arguments...> format, Arguments&&... arguments)
{
    log(LogLevel::warning, format, std::forward<Arguments>(arguments)...);
}

}  // namespace mini_redis::observability
