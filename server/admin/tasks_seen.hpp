// Looking at the tasks of all threads, from the observers' own.
#pragma once

#include "server/admin/house.hpp"
#include "server/runtime/asio.hpp"

#include <vector>

namespace mini_redis::admin {

// All threads' tasks; none if it is cut short.
// Runs on: the executor given.  When cancelled: returns without them.  Fails: never, but for
// std::bad_alloc.
runtime::awaitable<std::vector<ThreadSeen>> look_at_tasks(runtime::Executor executor, House& house);

}  // namespace mini_redis::admin
