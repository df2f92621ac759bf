// Making the listening sockets that the configuration asks for.
#pragma once

#include <vector>

#include "server/config/config.hpp"

namespace mini_redis::net {

struct Listening {
    int family;
    int descriptor;
};

// Every TCP address of `bind`, then the Unix socket; bound, listening, non-blocking. Throws
// std::runtime_error with a sentence that says which address and why.
std::vector<Listening> listen_all(const config::Config& config);

}  // namespace mini_redis::net
