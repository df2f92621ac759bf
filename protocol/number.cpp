// Integers two digits at a time; everything with a point through the standard library, which knows
// how to round.
#include "protocol/number.hpp"

#include "protocol/text.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <limits>
#include <system_error>

namespace mini_redis::protocol {
namespace {

constexpr auto digit_pairs = [] {
    std::array<char, 200> pairs{};
    for (std::size_t i = 0; i < 100; ++i) {
        pairs[2 * i] = static_cast<char>('0' + i / 10);
        pairs[2 * i + 1] = static_cast<char>('0' + i % 10);
    }
    return pairs;
}();

constexpr auto powers_of_ten = [] {
    std::array<std::uint64_t, 20> powers{1};
    for (std::size_t i = 1; i < powers.size(); ++i) powers[i] = powers[i - 1] * 10;
    return powers;
}();

// The binary length times log10(2) is the decimal length, or one too many.
std::size_t count_digits(std::uint64_t value)
{
    value |= 1;  // 0 has a digit, too; all powers of ten but 1 are even, so nothing else changes
    const auto about = static_cast<std::size_t>(std::bit_width(value)) * 1233 >> 12;
    return about + (value >= powers_of_ten[about] ? 1 : 0);
}

// from_chars takes what strtod takes, except a plus and "0x"; and a second sign behind those, which
// strtod refuses. What begins with a letter it is not shown: to see whether that is "inf" libstdc++
// 12 reads to the next NUL, beyond the text.
template <class Floating>
std::optional<Floating> parse_floating(std::string_view text)
{
    bool negative = false;
    if (!text.empty() && (text[0] == '+' || text[0] == '-')) {
        negative = text[0] == '-';
        text.remove_prefix(1);
    }
    Floating value = std::numeric_limits<Floating>::infinity();
    if (equal_ignoring_case(text, "inf") || equal_ignoring_case(text, "infinity"))
        return negative ? -value : value;
    const bool hex = text.size() > 2 && text[0] == '0' && to_lower(text[1]) == 'x';
    if (hex) text.remove_prefix(2);
    const int digit = text.empty() ? -1 : hex_value(text[0]);
    if (digit > (hex ? 15 : 9) || (digit < 0 && !text.starts_with('.'))) return std::nullopt;
    const auto format = hex ? std::chars_format::hex : std::chars_format::general;
    const auto [end, error] =
        std::from_chars(text.data(), text.data() + text.size(), value, format);
    if (error != std::errc{} || end != text.data() + text.size() || std::isnan(value)) {
        return std::nullopt;
    }
    return negative ? -value : value;
}

// True when it was an integer of at most 17 digits, whose shortest text is that of the integer.
bool format_whole(char*& out, long double value)
{
    constexpr long double limit = 1e17L;
    if (!(value > -limit && value < limit)) return false;
    const auto whole = static_cast<std::int64_t>(value);
    if (static_cast<long double>(whole) != value) return false;
    if (whole == 0 && std::signbit(value)) return false;
    out = format_integer(out, whole);
    return true;
}

}  // namespace

std::optional<std::uint64_t> parse_unsigned(std::string_view text)
{
    if (const auto strict = parse_integer(text)) {
        if (*strict < 0) return std::nullopt;
        return static_cast<std::uint64_t>(*strict);
    }
    while (!text.empty() && is_space(text[0])) text.remove_prefix(1);
    const bool negative = !text.empty() && text[0] == '-';
    if (negative || (!text.empty() && text[0] == '+')) text.remove_prefix(1);
    if (text.empty() || text[0] < '0' || text[0] > '9') return std::nullopt;
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return negative ? 0 - value : value;
}

std::optional<double> parse_double(std::string_view text)
{
    return parse_floating<double>(text);
}

std::optional<long double> parse_long_double(std::string_view text)
{
    if (text.size() >= long_double_chars_max) return std::nullopt;
    return parse_floating<long double>(text);
}

std::optional<std::uint64_t> parse_memory(std::string_view text)
{
    struct Unit {
        std::string_view name;
        std::uint64_t bytes;
    };
    constexpr std::array units{Unit{"", 1},           Unit{"b", 1},       Unit{"k", 1000},
                               Unit{"kb", 1 << 10},   Unit{"m", 1000000}, Unit{"mb", 1 << 20},
                               Unit{"g", 1000000000}, Unit{"gb", 1 << 30}};
    const auto digits = text.substr(0, text.find_first_not_of("0123456789"));
    text.remove_prefix(digits.size());
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error == std::errc::result_out_of_range) return std::nullopt;
    for (const Unit& unit : units) {
        if (!equal_ignoring_case(text, unit.name)) continue;
        if (value > std::numeric_limits<std::uint64_t>::max() / unit.bytes) return std::nullopt;
        return value * unit.bytes;
    }
    return std::nullopt;
}

char* format_unsigned(char* out, std::uint64_t value)
{
    char* const end = out + count_digits(value);
    char* at = end;
    for (; value >= 100; value /= 100) {
        at -= 2;
        std::memcpy(at, digit_pairs.data() + value % 100 * 2, 2);
    }
    if (value >= 10) {
        std::memcpy(out, digit_pairs.data() + value * 2, 2);
    } else {
        *out = static_cast<char>('0' + value);
    }
    return end;
}

char* format_double(char* out, double value)
{
    if (std::isnan(value)) value = std::abs(value);
    if (format_whole(out, static_cast<long double>(value))) return out;
    return std::to_chars(out, out + double_chars_max, value, std::chars_format::general, 17).ptr;
}

char* format_long_double(char* out, long double value)
{
    if (format_whole(out, value)) return out;
    char* end =
        std::to_chars(out, out + long_double_chars_max, value, std::chars_format::fixed, 17).ptr;
    if (!std::isfinite(value)) return end;
    while (end[-1] == '0') --end;
    if (end[-1] == '.') --end;
    if (end - out != 2 || out[1] != '0') return end;
    *out = '0';  // what rounds to "-0" is 0
    return out + 1;
}

}  // namespace mini_redis::protocol
