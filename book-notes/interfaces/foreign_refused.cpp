// A coroutine of an io_context awaits one of any executor. It does not compile, and a test tries.
#include "server/runtime/asio.hpp"

namespace asio = mini_redis::runtime::asio;
using mini_redis::runtime::awaitable;

asio::awaitable<void> foreign();  // of any executor

// Book: interfaces/who-runs-it. A coroutine made for another runtime is refused by its type.
awaitable<void> mixes()  // of an io_context
{
    co_await foreign();
}
