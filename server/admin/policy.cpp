// Content-Security-Policy and its relatives.
#include "server/admin/policy.hpp"

#include <random>

namespace mini_redis::admin {

std::string make_nonce()
{
    std::random_device chance;
    std::string text;
    while (text.size() < 32) text += "0123456789abcdef"[chance() % 16];
    return text;
}

void protect(Response& response, std::string_view nonce)
{
    std::string policy = "default-src 'none'; script-src 'self'; style-src 'self'";
    if (!nonce.empty()) policy.append(" 'nonce-").append(nonce).append("'");
    policy +=
        "; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'none'";
    response.set("Content-Security-Policy", policy);
    response.set(http::field::server, "mini-redis");
    response.set("X-Content-Type-Options", "nosniff");
    response.set("Referrer-Policy", "no-referrer");
    response.set("Cross-Origin-Resource-Policy", "same-origin");
    response.set("Cross-Origin-Opener-Policy", "same-origin");
    response.set(http::field::cache_control, "no-store");
}

}  // namespace mini_redis::admin
