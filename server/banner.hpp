// What the server says of itself when it is ready.
#pragma once

#include "server/config/config.hpp"

#include <span>
#include <string>

namespace mini_redis::server {

// To the log: what it is, where it listens, how much it may use, how it is stopped.
void announce(const config::Config& config, std::span<const std::string> listening_on);

}  // namespace mini_redis::server
