// Bytes as ASCII, whatever the locale: letter case, spaces, hexadecimal digits, and a quoted form
// that shows every byte.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace mini_redis::protocol {

constexpr char to_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
}

constexpr bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

// 0 to 15, or -1 if it is no hexadecimal digit.
constexpr int hex_value(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    const char lower = to_lower(c);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

constexpr bool equal_ignoring_case(std::string_view a, std::string_view b)
{
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (to_lower(a[i]) != to_lower(b[i])) return false;
    }
    return true;
}

// In double quotes, with \" \\ \n \r \t \a \b, and \xhh for what is not printable.
void append_quoted(std::string& out, std::string_view bytes);
inline std::string quote(std::string_view bytes)
{
    std::string out;
    append_quoted(out, bytes);
    return out;
}

}  // namespace mini_redis::protocol
