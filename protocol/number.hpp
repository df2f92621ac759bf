// Numbers as text, by the rules of Redis: strict where a value is stored as a number, because only
// a text that a number gives back unchanged may be stored as one; as lenient as C where a person
// types it. No locale, no allocation, no exception.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <optional>
#include <string_view>

namespace mini_redis::protocol {

inline constexpr std::size_t integer_chars_max = 20;
inline constexpr std::size_t double_chars_max = 40;
inline constexpr std::size_t long_double_chars_max = 5120;

// An optional minus and digits: no plus, no space, no zero in front, and nothing that overflows.
inline std::optional<std::int64_t> parse_integer(std::string_view text);
// The same from 0 to 2^64 - 1, or else whatever strtoull takes as a whole: spaces in front, a sign
// (negative numbers count from 2^64 down), zeros in front. Negative integers in strict form are
// refused.
std::optional<std::uint64_t> parse_unsigned(std::string_view text);

// Decimal, hexadecimal or infinite, as strtod; the whole text, no space in front, not "nan", and
// neither overflow nor underflow to zero.
std::optional<double> parse_double(std::string_view text);
std::optional<long double> parse_long_double(std::string_view text);

// An amount of memory: digits and b, k, kb, m, mb, g or gb, in bytes. k is 1000 and kb is 1024; no
// digits are 0, as in Redis.
std::optional<std::uint64_t> parse_memory(std::string_view text);

// Each writes at `out` and returns the end of what it wrote, at most the *_chars_max of its type.
char* format_unsigned(char* out, std::uint64_t value);
inline char* format_integer(char* out, std::int64_t value);
// 17 significant digits, as "%.17g".
char* format_double(char* out, double value);
// 17 digits behind the point, less the zeros at the end: what INCRBYFLOAT stores and replies.
char* format_long_double(char* out, long double value);

inline std::optional<std::int64_t> parse_integer(std::string_view text)
{
    const char* at = text.data();
    const char* const end = at + text.size();
    const bool negative = at != end && *at == '-';
    if (negative) ++at;
    const auto digits = end - at;
    if (digits < 1 || digits > 19) return std::nullopt;
    std::uint64_t value = static_cast<unsigned char>(*at) - static_cast<std::uint64_t>('0');
    if (value > 9 || (value == 0 && text.size() != 1)) return std::nullopt;
    // 19 digits fit into 64 bits, so that one check at the end is enough.
    while (++at != end) {
        const std::uint64_t digit =
            static_cast<unsigned char>(*at) - static_cast<std::uint64_t>('0');
        if (digit > 9) return std::nullopt;
        value = value * 10 + digit;
    }
    constexpr auto max = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    if (value > max + (negative ? 1 : 0)) return std::nullopt;
    return static_cast<std::int64_t>(negative ? 0 - value : value);
}

inline char* format_integer(char* out, std::int64_t value)
{
    auto magnitude = static_cast<std::uint64_t>(value);
    if (value < 0) {
        *out++ = '-';
        magnitude = 0 - magnitude;
    }
    return format_unsigned(out, magnitude);
}

}  // namespace mini_redis::protocol
