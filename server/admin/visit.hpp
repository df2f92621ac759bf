// One connection of an observer: request after request, each answered before the next is read,
// until one asks for a WebSocket.
#pragma once

#include "server/admin/gate.hpp"
#include "server/admin/newsroom.hpp"
#include "server/admin/site.hpp"

namespace mini_redis::admin {

// What visitors find.
struct Premises {
    Rules rules;
    House& house;
    Site site;
    Newsroom room;
};

// Until it is closed, says what is no HTTP, or is silent for half a minute. The premises outlive
// it.
// Runs on: the socket's executor.  When cancelled: the connection is closed.  Fails: never, but for
// std::bad_alloc.
awaitable<void> visit(Socket socket, Premises& premises);

}  // namespace mini_redis::admin
