// Host, Origin, Sec-Fetch-Site, Authorization.
#include "server/admin/gate.hpp"

#include <algorithm>

namespace mini_redis::admin {
namespace {

std::string_view view(beast::string_view text)
{
    return {text.data(), text.size()};
}

// "[::1]:8080" names "::1", "Localhost:8080" names "localhost".
std::string name_of(std::string_view host)
{
    std::string_view name = host;
    if (name.starts_with('[')) {
        const std::size_t end = name.find(']');
        if (end == std::string_view::npos) return {};
        name = name.substr(1, end - 1);
    } else {
        name = name.substr(0, name.find(':'));
    }
    std::string lower(name);
    for (char& c : lower)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return lower;
}

bool names_us(const Request& request, const Rules& rules, std::string_view here)
{
    if (request.count(http::field::host) != 1) return false;
    const std::string name = name_of(view(request[http::field::host]));
    return name == "localhost" || name == here || std::ranges::count(rules.hosts, name) != 0;
}

// What no browser sends for another site's page: an Origin that is not ours, or the admission.
bool from_our_own_page(const Request& request)
{
    if (request.count(http::field::origin) > 1) return false;
    if (request.count(http::field::origin) == 1) {
        const std::string host(view(request[http::field::host]));
        const std::string_view origin = view(request[http::field::origin]);
        if (origin != "http://" + host && origin != "https://" + host) return false;
    }
    const std::string_view site = view(request["Sec-Fetch-Site"]);
    return site.empty() || site == "same-origin" || site == "none";
}

// Takes as long for every text of the same length.
bool same_secret(std::string_view given, std::string_view secret)
{
    if (given.size() != secret.size()) return false;
    unsigned difference = 0;
    for (std::size_t i = 0; i < given.size(); ++i)
        difference |= static_cast<unsigned char>(given[i] ^ secret[i]);
    return difference == 0;
}

// Base64 with the alphabet for addresses, without padding.
std::string base64url(std::string_view text)
{
    constexpr std::string_view digits =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    std::string out;
    std::uint32_t bits = 0;
    unsigned held = 0;
    for (const char c : text) {
        bits = bits << 8 | static_cast<unsigned char>(c);
        for (held += 8; held >= 6; held -= 6) out += digits[bits >> (held - 6) & 63];
    }
    if (held != 0) out += digits[bits << (6 - held) & 63];
    return out;
}

// A browser can give a WebSocket no header, only names of protocols: the token is one of them.
bool knows_token(const Request& request, const Rules& rules)
{
    constexpr std::string_view scheme = "Bearer ";
    const std::string_view given = view(request[http::field::authorization]);
    if (given.starts_with(scheme)) return same_secret(given.substr(scheme.size()), rules.token);
    const std::string secret = "token." + base64url(rules.token);
    const http::token_list protocols(request[http::field::sec_websocket_protocol]);
    return std::ranges::any_of(
        protocols, [&](beast::string_view name) { return same_secret(view(name), secret); });
}

}  // namespace

std::optional<Refusal> refuse(const Request& request, const Rules& rules, std::string_view here,
                              bool is_public)
{
    if (!names_us(request, rules, here))
        return Refusal{http::status::forbidden,
                       "this server has no such name; admin-hosts can give it one"};
    if (!from_our_own_page(request))
        return Refusal{http::status::forbidden, "asked for by the page of another site"};
    if (request.method() != http::verb::get && request.method() != http::verb::head)
        return Refusal{http::status::method_not_allowed, "only GET and HEAD are served"};
    if (!is_public && !rules.token.empty() && !knows_token(request, rules))
        return Refusal{http::status::unauthorized, "the token of admin-token is needed"};
    return std::nullopt;
}

}  // namespace mini_redis::admin
