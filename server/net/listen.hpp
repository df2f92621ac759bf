// Making the listening sockets that the configuration asks for.
#pragma once

#include "server/config/config.hpp"
#include "server/runtime/descriptor.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace mini_redis::net {

using runtime::Descriptor;

struct Listening {
    int family;
    Descriptor descriptor;  // bound, listening, non-blocking; none if it was listened on before
    std::string where;      // 127.0.0.1:6379, or a path
    std::uint16_t port;     // 0 for a path
    bool local;             // reached from this machine alone
};

// Every TCP address of `bind`, then the Unix socket, less what is in `before`. At the start, port 0
// asks the kernel for one if nothing else is to be listened on. Throws std::runtime_error with a
// sentence that says which address and why.
std::vector<Listening> listen_all(const config::Config& config,
                                  std::span<const std::string> before = {});

// The same for other addresses, in the form of `bind`, on one port that is not 0.
std::vector<Listening> listen_at(std::span<const std::string> addresses, std::uint16_t port,
                                 int backlog);

}  // namespace mini_redis::net
