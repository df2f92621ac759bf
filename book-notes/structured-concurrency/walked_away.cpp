// The same two children, started and left (Asio's `detached`), and started in a group: who hears
// that one has failed, and is anybody still there when the parent has returned?
#include "server/runtime/task_group.hpp"

#include <cstdio>
#include <stdexcept>

#include <boost/asio/detached.hpp>

namespace {

namespace runtime = mini_redis::runtime;
namespace asio = runtime::asio;
using runtime::awaitable;

struct Seen {
    int going_on = 0;
    int faults = 0;
};

struct Present {
    Seen& seen;
    explicit Present(Seen& all) : seen(all) { ++seen.going_on; }
    ~Present() { --seen.going_on; }
};

awaitable<void> turn_of_the_loop()
{
    const runtime::Executor executor = co_await asio::this_coro::executor;
    co_await asio::post(executor, asio::use_awaitable_t<runtime::Executor>{});
}

awaitable<void> copier(Seen& seen)
{
    const Present present(seen);
    for (int i = 0; i < 3; ++i) co_await turn_of_the_loop();
}

awaitable<void> writer(Seen& seen)
{
    const Present present(seen);
    co_await turn_of_the_loop();
    throw std::runtime_error("the disk is full");
}

awaitable<void> walks_away(Seen& seen)
{
    const runtime::Executor executor = co_await asio::this_coro::executor;
    asio::co_spawn(executor, copier(seen), asio::detached);
    asio::co_spawn(executor, writer(seen), asio::detached);
    co_await turn_of_the_loop();
}

awaitable<void> stays(Seen& seen)
{
    const runtime::Executor executor = co_await asio::this_coro::executor;
    runtime::TaskGroup children(executor, [&](auto, const auto&) { ++seen.faults; });
    children.spawn("copier", copier(seen));
    children.spawn("writer", writer(seen));
    co_await children.join();
}

void tell(const char* how, awaitable<void> (*parent)(Seen&))
{
    Seen seen;  // outlives them all, as it happens; a variable of the parent would not
    asio::io_context context;
    int left = 0;
    asio::co_spawn(context.get_executor(), parent(seen),
                   [&](const std::exception_ptr&) { left = seen.going_on; });
    context.run();
    std::printf("%-15s the parent has returned, still going on: %d   faults heard of: %d\n", how,
                left, seen.faults);
}

}  // namespace

int main()
{
    tell("walked away", walks_away);
    tell("in a group", stays);
}
