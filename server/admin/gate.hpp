// Who may ask.
//
// A browser asks on behalf of whatever page it shows, from this machine and past every firewall. So
// it is not enough that a request comes from here: it must name this server as its host (a page
// whose name was rebound to this address names itself), it must not come from another page, and
// where others can reach the port it must know the token.
#pragma once

#include "server/admin/http.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mini_redis::admin {

struct Rules {
    std::vector<std::string> hosts;  // names the server has, besides localhost and its addresses
    std::string token;               // needed for what tells anything; empty if not
};

struct Refusal {
    http::status status;
    std::string why;
};

// `here` is the address, without the port, at which the request has come in. `is_public`: what is
// asked for tells nothing, and needs no token.
std::optional<Refusal> refuse(const Request& request, const Rules& rules, std::string_view here,
                              bool is_public);

}  // namespace mini_redis::admin
