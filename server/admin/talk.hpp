// The WebSockets: what a page of ours says and hears while it is open.
//
//   /ws/feed      text, JSON: the news (newsroom.hpp); the page says which topics it wants
//   /ws/session   binary, RESP both ways, cut anywhere: a session like any other client's, not
//                 authenticated where the server has a password
#pragma once

#include "server/admin/house.hpp"
#include "server/admin/http.hpp"
#include "server/admin/newsroom.hpp"

#include <string_view>

namespace mini_redis::admin {

// Whether a WebSocket is asked for, at a path that has one.
bool wants_to_talk(const Request& request);

// Answers such a request and stays until one side has enough. What is referred to outlives it.
// Runs on: the stream's executor.  When cancelled: the connection is closed.  Fails: never, but for
// std::bad_alloc.
awaitable<void> talk(Stream stream, const Request& request, Newsroom& room, House& house);

}  // namespace mini_redis::admin
