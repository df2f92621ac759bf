// Asked on one thread, answered on another, waited for on the first.
#include "server/admin/tasks_seen.hpp"

#include "server/runtime/waiter.hpp"

#include <memory>
#include <optional>
#include <utility>

namespace mini_redis::admin {
namespace asio = runtime::asio;

runtime::awaitable<std::vector<ThreadSeen>> look_at_tasks(runtime::Executor executor, House& house)
{
    struct Told {
        explicit Told(const runtime::Executor& where) : heard(where) {}

        runtime::Waiter heard;
        std::optional<std::vector<ThreadSeen>> threads;
    };
    const auto told = std::make_shared<Told>(executor);
    house.look_at_tasks([executor, told](std::vector<ThreadSeen> threads) {
        asio::post(executor, [told, threads = std::move(threads)]() mutable {
            told->threads = std::move(threads);
            told->heard.wake();
        });
    });
    while (!told->threads && !told->heard.cancelled()) co_await told->heard.park();
    co_return std::move(told->threads).value_or(std::vector<ThreadSeen>{});
}

}  // namespace mini_redis::admin
