// A call that blocks, made from a loop in four ways: where it runs, who goes on, who stands still.
#include "server/runtime/task_group.hpp"
#include "server/runtime/worker_pool.hpp"

#include <chrono>
#include <cstdio>
#include <future>
#include <thread>

namespace {

namespace runtime = mini_redis::runtime;
namespace asio = runtime::asio;
using runtime::awaitable;

const std::thread::id loop_thread = std::this_thread::get_id();

const char* here()
{
    return std::this_thread::get_id() == loop_thread ? "the loop" : "the pool";
}

// The tempting one: the answer is needed here, so wait for it here.
awaitable<void> get_it(runtime::WorkerPool&)
{
    const runtime::Executor executor = co_await asio::this_coro::executor;
    std::promise<int> promise;
    std::future<int> answer = promise.get_future();
    asio::post(executor, [&promise] { promise.set_value(42); });
    // Without a limit it would be for ever: who would bring the answer is behind us in the queue.
    const bool came = answer.wait_for(std::chrono::milliseconds(20)) == std::future_status::ready;
    std::printf("future.get()   the answer %s\n", came ? "came" : "cannot come");
    co_await asio::post(executor, asio::use_awaitable_t<runtime::Executor>{});
}

awaitable<void> hop(runtime::WorkerPool& pool)
{
    const char* where = nullptr;  // the pool's until the call is over, then ours
    co_await pool.run([&where] { where = here(); });
    std::printf("pool.run()     called on %s, goes on on %s\n", where, here());
}

// A pool of one thread, and a place for one call besides.
awaitable<void> fill(runtime::WorkerPool& pool)
{
    std::promise<void> gate;
    std::shared_future<void> opened = gate.get_future().share();
    const runtime::Executor executor = co_await asio::this_coro::executor;
    runtime::TaskGroup callers(executor, [](auto, const auto&) {});
    for (int i = 0; i < 2; ++i) {
        auto call = [opened] { opened.wait(); };
        callers.spawn("caller", pool.run(call));
    }
    try {
        co_await pool.run([] {});
        std::puts("a full queue   takes a third call");
    } catch (const boost::system::system_error& error) {
        std::printf("a full queue   %s\n", error.code().message().c_str());
    }
    gate.set_value();
    co_await callers.join();
    std::printf("               and %zu calls are left\n", pool.calls());
}

// A call of the pool that waits for another call of the same pool.
awaitable<void> call_within_a_call(runtime::WorkerPool& pool)
{
    const runtime::Executor executor = co_await asio::this_coro::executor;
    runtime::TaskGroup inner(executor, [](auto, const auto&) {});
    std::promise<void> done;
    std::future<void> inner_done = done.get_future();
    bool came = false;
    auto outer = [&came, &inner_done] {
        came = inner_done.wait_for(std::chrono::milliseconds(20)) == std::future_status::ready;
    };
    auto call = [&done] { done.set_value(); };
    inner.spawn("outer", pool.run(outer));
    inner.spawn("inner", pool.run(call));
    co_await inner.join();
    std::printf("within a call  the inner one %s\n", came ? "came" : "cannot come");
}

void show(awaitable<void> (*way)(runtime::WorkerPool&))
{
    asio::io_context context;
    runtime::WorkerPool pool({.threads = 1, .calls_max = 2});
    runtime::TaskGroup tasks(context.get_executor(), [](auto, const auto&) {});
    tasks.spawn("way", way(pool));
    context.run();
}

}  // namespace

int main()
{
    show(get_it);
    show(hop);
    show(fill);
    show(call_within_a_call);
}
