// URLs, from left to right: scheme, who, where, which database, and what else.
#include "client/options.hpp"

#include "protocol/number.hpp"
#include "protocol/text.hpp"

#include <optional>

namespace mini_redis::client {
namespace {

using protocol::parse_integer;

Error bad(std::string_view what, std::string_view which)
{
    return {Errc::bad_url, std::string(what) + ": " + protocol::quote(which)};
}

// What stands before `mark`, which is taken too; all of it if there is no mark.
std::string_view take_until(std::string_view& rest, char mark)
{
    const auto at = rest.find(mark);
    const auto taken = rest.substr(0, at);
    rest = at == rest.npos ? std::string_view() : rest.substr(at + 1);
    return taken;
}

std::optional<std::string> percent_decoded(std::string_view text)
{
    std::string decoded;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            decoded += text[i];
            continue;
        }
        if (i + 2 >= text.size()) return std::nullopt;
        const int high = protocol::hex_value(text[i + 1]);
        const int low = protocol::hex_value(text[i + 2]);
        if (high < 0 || low < 0) return std::nullopt;
        decoded += static_cast<char>(high * 16 + low);
        i += 2;
    }
    return decoded;
}

std::optional<int> number(std::string_view text, int max)
{
    const auto value = parse_integer(text);
    if (!value || *value < 0 || *value > max) return std::nullopt;
    return static_cast<int>(*value);
}

class Url {
public:
    Result<Options> read(std::string_view url)
    {
        const auto split = url.find("://");
        if (split == url.npos) return bad("not a URL", url);
        const auto scheme = url.substr(0, split);
        std::string_view rest = url.substr(split + 3);
        std::string_view body = take_until(rest, '?');
        if (const auto at = body.rfind('@'); at != body.npos) {
            who(body.substr(0, at));
            body.remove_prefix(at + 1);
        }
        if (scheme == "redis" || scheme == "rediss") {
            options_.address.tls = scheme == "rediss";
            where(body);
        } else if (scheme == "unix" || scheme == "redis+unix") {
            set(options_.address.unix_path, body, "path");
            if (options_.address.unix_path.empty()) fail("no path in", url);
        } else {
            fail("unknown scheme", scheme);
        }
        while (!rest.empty()) parameter(take_until(rest, '&'));
        if (wrong_) return *wrong_;
        return options_;
    }

private:
    void fail(std::string_view what, std::string_view which)
    {
        if (!wrong_) wrong_ = bad(what, which);
    }

    void set(std::string& field, std::string_view text, std::string_view name)
    {
        auto decoded = percent_decoded(text);
        if (!decoded) return fail("bad " + std::string(name), text);
        field = *std::move(decoded);
    }

    // "user:password", ":password", or "password" as redis-cli has it.
    void who(std::string_view text)
    {
        const auto colon = text.find(':');
        if (colon != text.npos) set(options_.username, text.substr(0, colon), "user");
        set(options_.password, text.substr(colon == text.npos ? 0 : colon + 1), "password");
    }

    void where(std::string_view text)
    {
        std::string_view database = text;
        std::string_view authority = take_until(database, '/');
        Address& address = options_.address;
        if (authority.starts_with('[')) {
            authority.remove_prefix(1);
            address.host = take_until(authority, ']');
            if (!authority.empty() && authority.front() != ':') fail("bad host", text);
        } else if (const auto host = authority.substr(0, authority.find(':')); !host.empty()) {
            set(address.host, host, "host");
        }
        if (const auto colon = authority.find(':'); colon != authority.npos) {
            const auto port = number(authority.substr(colon + 1), 65535);
            if (!port || *port == 0) return fail("bad port", authority.substr(colon + 1));
            address.port = static_cast<std::uint16_t>(*port);
        }
        if (!database.empty()) select(database);
    }

    void select(std::string_view text)
    {
        const auto index = number(text, 1 << 30);
        if (!index) return fail("bad database", text);
        options_.database = *index;
    }

    void limit(std::chrono::milliseconds& field, std::string_view text)
    {
        const auto value = number(text, 1 << 30);
        if (!value) return fail("bad timeout", text);
        field = std::chrono::milliseconds(*value);
    }

    void parameter(std::string_view text)
    {
        std::string_view value = text;
        const auto name = take_until(value, '=');
        if (name == "db") return select(value);
        if (name == "client_name") return set(options_.client_name, value, "client_name");
        if (name == "timeout_ms") return limit(options_.request_timeout, value);
        if (name == "connect_timeout_ms") return limit(options_.connect_timeout, value);
        if (name != "protocol") return fail("unknown parameter", name);
        if (value != "2" && value != "3") return fail("bad protocol", value);
        options_.resp3 = value == "3";
    }

    Options options_;
    std::optional<Error> wrong_;
};

}  // namespace

std::string Address::text() const
{
    if (!unix_path.empty()) return unix_path;
    const bool ipv6 = host.find(':') != host.npos;
    return (ipv6 ? '[' + host + ']' : host) + ':' + std::to_string(port);
}

Result<Options> parse_url(std::string_view url)
{
    return Url().read(url);
}

}  // namespace mini_redis::client
