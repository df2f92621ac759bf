// How many files, which is to say sockets, this process may have open.
#pragma once

#include <cstdint>

namespace mini_redis::server {

// Raises the limit to `wanted`, or as far as the system lets it; returns the limit that holds then.
std::uint64_t allow_open_files(std::uint64_t wanted);

}  // namespace mini_redis::server
