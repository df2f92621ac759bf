// Socket addresses as text, in Redis' form: 127.0.0.1:6379, [::1]:6379, /path:0.
#pragma once

#include <sys/socket.h>

#include <string>

namespace mini_redis::net {

std::string to_text(const sockaddr_storage& address);

// Whether the address is one of this machine's own: loopback, or a Unix socket.
bool is_local(const sockaddr_storage& address);

}  // namespace mini_redis::net
