// There and back: the call on a thread of the pool, its coroutine on its own.
#include "server/runtime/worker_pool.hpp"

#include <exception>
#include <utility>

namespace mini_redis::runtime {

WorkerPool::WorkerPool(Bounds bounds) : calls_max_(bounds.calls_max), threads_(bounds.threads) {}

// Book: blocking/elsewhere. A call that blocks is made by a thread that serves nobody.
awaitable<void> WorkerPool::run(std::function<void()> call)
{
    const Executor home = co_await asio::this_coro::executor;
    enter();
    // The home context must not run out of work meanwhile.
    const asio::executor_work_guard<Executor> work(home);
    co_await make(home, call);
}

awaitable<void> WorkerPool::make(Executor home, const std::function<void()>& call)
{
    using Token = asio::use_awaitable_t<Executor>;
    constexpr Token token;
    return asio::async_initiate<const Token, void(std::exception_ptr)>(
        [this, home, &call](auto waiting) {
            asio::post(threads_, [this, home, &call, waiting = std::move(waiting)]() mutable {
                // Book: workers/there-and-back. The call is made there, the rest happens at home.
                std::exception_ptr fault;
                try {
                    call();
                } catch (...) {
                    fault = std::current_exception();
                }
                leave();  // before whoever waits can know, and let the pool go
                auto go_on = [waiting = std::move(waiting), fault = std::move(fault)]() mutable {
                    std::move(waiting)(std::move(fault));
                };
                asio::post(home, std::move(go_on));
            });
        },
        token);
}

// Book: workers/a-full-queue. What cannot be taken is refused at once.
void WorkerPool::enter()
{
    if (calls_.fetch_add(1, std::memory_order_relaxed) < calls_max_) return;
    leave();
    throw boost::system::system_error(asio::error::no_buffer_space, "worker pool");
}

}  // namespace mini_redis::runtime
