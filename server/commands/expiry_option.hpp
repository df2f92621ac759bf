// EX, PX, EXAT and PXAT: an expiry given with another command (SET, GETEX).
//
// The word is kept as it came and read when the command runs, because Redis looks for errors of syntax
// in all words before it looks at a number.
#pragma once

#include <limits>
#include <optional>
#include <string>
#include <string_view>

#include "server/commands/grammar.hpp"

namespace mini_redis::commands {

enum class TimeUnit : std::uint8_t { seconds, milliseconds };
enum class TimeBase : std::uint8_t { now, epoch };

// A moment as a unix time in milliseconds, from a positive number; the error otherwise.
struct Moment {
    Milliseconds at = 0;
    std::string error;
};

Moment read_moment(Word word, TimeUnit unit, TimeBase base, Milliseconds now, std::string_view command);

// The four alternatives, each with its own field of the command.
struct ExpiryOption {
    std::optional<std::string_view> seconds;
    std::optional<std::string_view> milliseconds;
    std::optional<std::string_view> unix_seconds;
    std::optional<std::string_view> unix_milliseconds;

    bool given() const { return seconds || milliseconds || unix_seconds || unix_milliseconds; }
    Moment moment(Milliseconds now, std::string_view command) const;
};

}  // namespace mini_redis::commands
