// Three things in thread-locals: the name of who is being served, memory for a step, and a count.
// Which of them is still right after a wait?
#include "server/runtime/task_group.hpp"
#include "server/runtime/worker_pool.hpp"

#include <cstdio>
#include <string>

namespace {

namespace runtime = mini_redis::runtime;
namespace asio = runtime::asio;
using runtime::awaitable;

thread_local std::string served;   // the name of a task: wrong
thread_local std::string scratch;  // memory for a step: right
thread_local int counted = 0;      // of this thread: right, and not of the task

awaitable<void> turn_of_the_loop()
{
    const runtime::Executor executor = co_await asio::this_coro::executor;
    co_await asio::post(executor, asio::use_awaitable_t<runtime::Executor>{});
}

awaitable<void> by_name(const char* name)
{
    served = name;
    std::printf("%s begins; served: %s\n", name, served.c_str());
    co_await turn_of_the_loop();
    std::printf("%s goes on; served: %s\n", name, served.c_str());
}

// Composes an answer without waiting, and leaves nothing in it.
awaitable<void> in_steps(const char* name)
{
    for (int i = 0; i < 2; ++i) {
        scratch = name;
        scratch += " composes";
        std::printf("%s\n", scratch.c_str());
        scratch.clear();
        co_await turn_of_the_loop();
    }
}

// The pool is joined before the loop goes: its thread may still be about to wake the loop.
awaitable<void> count_elsewhere()
{
    runtime::WorkerPool pool;
    ++counted;
    int there = 0;
    co_await pool.run([&there] { there = ++counted; });
    std::printf("counted here: %d, there: %d\n", counted, there);
}

void run(awaitable<void> first, awaitable<void> second)
{
    asio::io_context context;
    runtime::TaskGroup tasks(context.get_executor(), [](auto, const auto&) {});
    tasks.spawn("first", std::move(first));
    tasks.spawn("second", std::move(second));
    context.run();
}

}  // namespace

int main()
{
    run(by_name("Ann"), by_name("Bob"));
    run(in_steps("Ann"), in_steps("Bob"));
    run(count_elsewhere(), turn_of_the_loop());
}
