// "$3\r\n", ":42\r\n", "*2\r\n": a type byte, a number and a line end, the smallest unit of every
// reply. Small numbers come from a table whose entries are copied whole, eight bytes at a time.
#pragma once

#include "protocol/number.hpp"

#include <array>
#include <cstdint>
#include <cstring>

namespace mini_redis::protocol {

struct SmallHeader {
    char bytes[7];  // room for the type byte, up to four digits, CR LF
    std::uint8_t length;
};

inline constexpr auto small_headers = [] {
    std::array<SmallHeader, 1025> table{};
    for (unsigned n = 0; n < table.size(); ++n) {
        SmallHeader& header = table[n];
        header.length = 1;
        for (unsigned unit = n < 10 ? 1 : n < 100 ? 10 : n < 1000 ? 100 : 1000; unit; unit /= 10) {
            header.bytes[header.length++] = static_cast<char>('0' + n / unit % 10);
        }
        header.bytes[header.length++] = '\r';
        header.bytes[header.length++] = '\n';
    }
    return table;
}();

inline constexpr std::size_t header_bytes_max = 1 + integer_chars_max + 2;

// Writes the header at `out`, where there is room for header_bytes_max, and returns its end.
inline char* write_header(char* out, char type, std::int64_t number)
{
    if (static_cast<std::uint64_t>(number) < small_headers.size()) [[likely]] {
        const SmallHeader& header = small_headers[static_cast<std::size_t>(number)];
        std::memcpy(out, &header, sizeof header);
        *out = type;
        return out + header.length;
    }
    *out = type;
    out = format_integer(out + 1, number);
    *out++ = '\r';
    *out++ = '\n';
    return out;
}

}  // namespace mini_redis::protocol
