// The quoted form, which redis-cli, MONITOR and inline requests read back.
#include "protocol/text.hpp"

namespace mini_redis::protocol {

void append_quoted(std::string& out, std::string_view bytes)
{
    constexpr std::string_view escaped = "\"\\\n\r\t\a\b";
    constexpr std::string_view letters = "\"\\nrtab";
    constexpr std::string_view hex = "0123456789abcdef";
    out.reserve(out.size() + bytes.size() + 2);
    out += '"';
    for (const char byte : bytes) {
        if (const auto at = escaped.find(byte); at != escaped.npos) {
            out += '\\';
            out += letters[at];
        } else if (byte >= ' ' && byte <= '~') {
            out += byte;
        } else {
            const auto code = static_cast<unsigned char>(byte);
            out += "\\x";
            out += hex[code >> 4];
            out += hex[code & 15];
        }
    }
    out += '"';
}

}  // namespace mini_redis::protocol
