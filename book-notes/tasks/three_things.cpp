// What is started, what is waited for and what runs it: a file is saved in four ways, and each time
// it is told what has happened, and on which thread.
#include "server/runtime/task_group.hpp"
#include "server/runtime/worker_pool.hpp"

#include <cstdio>
#include <string>
#include <thread>

namespace {

namespace runtime = mini_redis::runtime;
namespace asio = runtime::asio;
using runtime::awaitable;

const std::thread::id loop = std::this_thread::get_id();

const char* here()
{
    return std::this_thread::get_id() == loop ? "the loop" : "the pool";
}

awaitable<void> turn_of_the_loop()
{
    const runtime::Executor executor = co_await asio::this_coro::executor;
    co_await asio::post(executor, asio::use_awaitable_t<runtime::Executor>{});
}

// Takes a turn of the loop, as if there were a disk to wait for.
awaitable<void> save(std::string& disk, std::string text)
{
    co_await turn_of_the_loop();
    disk += text;
}

void tell(const char* how, const char* when, const std::string& disk)
{
    std::printf("%-22s %-16s on the disk: '%s'\n", how, when, disk.c_str());
}

awaitable<void> called()
{
    std::string disk;
    const awaitable<void> forgotten = save(disk, "a");
    co_await turn_of_the_loop();
    tell("called", "a turn later", disk);
}

awaitable<void> awaited()
{
    std::string disk;
    co_await save(disk, "b");
    tell("awaited", "the line after", disk);
}

awaitable<void> spawned()
{
    const runtime::Executor executor = co_await asio::this_coro::executor;
    std::string disk;
    runtime::TaskGroup tasks(executor, [](auto, const auto&) {});
    tasks.spawn("save", save(disk, "c"));
    tell("spawned", "the line after", disk);
    co_await tasks.join();
    tell("", "when joined", disk);
}

awaitable<void> elsewhere(runtime::WorkerPool& pool)
{
    std::string disk;
    std::printf("%-22s %-16s %s\n", "on a pool", "before", here());
    co_await pool.run([&disk] {
        disk += "d";
        std::printf("%-22s %-16s %s\n", "", "the call", here());
    });
    std::printf("%-22s %-16s %s\n", "", "after", here());
    tell("", "", disk);
}

awaitable<void> everything(runtime::WorkerPool& pool)
{
    co_await called();
    co_await awaited();
    co_await spawned();
    co_await elsewhere(pool);
}

}  // namespace

int main()
{
    asio::io_context context;
    runtime::WorkerPool pool;
    runtime::TaskGroup tasks(context.get_executor(), [](auto, const auto&) {});
    tasks.spawn("everything", everything(pool));
    context.run();
}
