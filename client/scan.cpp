// One line, and for a bulk string the text behind it.
#include "client/scan.hpp"

#include "protocol/number.hpp"
#include "protocol/wire.hpp"

#include <cstring>

namespace mini_redis::client {
namespace {

namespace type = protocol::type;
using Kind = protocol::Value::Kind;

constexpr std::size_t line_end = 2;

bool ends_line(const char* at)
{
    return at[0] == '\r' && at[1] == '\n';
}

std::optional<Scalar> scan_bulk(std::string_view bytes, std::string_view body)
{
    const auto length = protocol::parse_integer(body);
    const std::size_t begin = 1 + body.size() + line_end;
    if (!length) return std::nullopt;
    if (*length == -1) return Scalar{Kind::null, {}, 0, begin};
    const auto size = static_cast<std::size_t>(*length);
    if (*length < 0 || bytes.size() < line_end || size > bytes.size() - line_end ||
        begin > bytes.size() - line_end - size)
        return std::nullopt;
    if (!ends_line(bytes.data() + begin + size)) return std::nullopt;
    return Scalar{Kind::bulk, bytes.substr(begin, size), 0, begin + size + line_end};
}

}  // namespace

std::optional<Scalar> scan(std::string_view bytes)
{
    if (bytes.size() < 1 + line_end) return std::nullopt;
    const auto* const cr = static_cast<const char*>(std::memchr(bytes.data(), '\r', bytes.size()));
    if (cr == nullptr || cr == bytes.data() || cr + 1 == bytes.data() + bytes.size() ||
        cr[1] != '\n')
        return std::nullopt;
    const auto body = bytes.substr(1, static_cast<std::size_t>(cr - bytes.data()) - 1);
    const std::size_t length = 1 + body.size() + line_end;
    switch (bytes[0]) {
        case type::simple:
        case type::error:
            if (body.find('\n') != body.npos) return std::nullopt;
            return Scalar{bytes[0] == type::simple ? Kind::simple : Kind::error, body, 0, length};
        case type::integer: {
            const auto integer = protocol::parse_integer(body);
            if (!integer) return std::nullopt;
            return Scalar{Kind::integer, {}, *integer, length};
        }
        case type::bulk:
            return scan_bulk(bytes, body);
        case type::null:
            if (!body.empty()) return std::nullopt;
            return Scalar{Kind::null, {}, 0, length};
        default:
            return std::nullopt;
    }
}

protocol::Value Scalar::value() const
{
    protocol::Value value;
    value.kind = kind;
    value.text = text;
    value.integer = integer;
    return value;
}

}  // namespace mini_redis::client
