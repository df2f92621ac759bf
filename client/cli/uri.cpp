// Cut at the first '@', '/' and ':', in this order, as redis-cli cuts; user and password may be
// percent-encoded.
#include "client/cli/uri.hpp"

#include "protocol/number.hpp"
#include "protocol/text.hpp"

namespace mini_redis::cli {
namespace {

using Error = std::optional<std::string>;

// Takes the scheme off, whatever its letter case.
bool take_scheme(std::string_view& uri, std::string_view scheme)
{
    if (!protocol::equal_ignoring_case(uri.substr(0, scheme.size()), scheme)) return false;
    uri.remove_prefix(scheme.size());
    return true;
}

// Cuts the text at the first `mark` and returns what stood before it; if there is none, nothing.
std::optional<std::string_view> take_until(std::string_view& text, char mark)
{
    const auto at = text.find(mark);
    if (at == text.npos) return std::nullopt;
    const auto before = text.substr(0, at);
    text.remove_prefix(at + 1);
    return before;
}

Error decode(std::string_view text, std::optional<std::string>& out)
{
    out.emplace();
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            *out += text[i];
            continue;
        }
        if (i + 2 >= text.size()) return "Incomplete URI encoding";
        const int high = protocol::hex_value(text[i + 1]);
        const int low = protocol::hex_value(text[i + 2]);
        if (high < 0 || low < 0) return "Illegal character in URI encoding";
        *out += static_cast<char>(high * 16 + low);
        i += 2;
    }
    return std::nullopt;
}

template <class Number>
Error read_number(std::string_view text, int max, Number& out, const char* what)
{
    const auto number = protocol::parse_integer(text);
    if (!number || *number < 0 || *number > max) return "Invalid " + std::string(what) + " in URI";
    out = static_cast<Number>(*number);
    return std::nullopt;
}

}  // namespace

Error read_uri(std::string_view uri, Entry& entry)
{
    if (take_scheme(uri, "rediss://")) return "rediss:// is not supported: there is no TLS here";
    if (!take_scheme(uri, "redis://")) return "Invalid URI scheme";

    if (auto credentials = take_until(uri, '@')) {
        if (const auto user = take_until(*credentials, ':')) {
            if (auto error = decode(*user, entry.user)) return error;
        }
        if (auto error = decode(*credentials, entry.password)) return error;
    }
    std::string_view place = uri;
    std::string_view database;
    if (const auto before_slash = take_until(uri, '/')) {
        place = *before_slash;
        database = uri;
    }
    if (!place.empty()) {
        const auto host = take_until(place, ':');
        if (host) {
            if (auto error = read_number(place, 65535, entry.address.port, "port")) return error;
        }
        entry.address.host = host ? *host : place;
    }
    if (database.empty()) return std::nullopt;
    return read_number(database, 1 << 30, entry.database, "database");
}

}  // namespace mini_redis::cli
