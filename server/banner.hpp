// What the server says of itself when it starts.
#pragma once

#include "server/config/config.hpp"

namespace mini_redis::server {

// To the log: what it is, how it was configured, how much it may use.
void announce(const config::Config& config);

}  // namespace mini_redis::server
