// A parent and its three children: one ends, one fails, one would stay for ever.
#include "server/runtime/notify.hpp"
#include "server/runtime/task_group.hpp"

#include <cstdio>
#include <stdexcept>

namespace {

namespace runtime = mini_redis::runtime;
namespace asio = runtime::asio;
using runtime::awaitable;

awaitable<void> turn_of_the_loop()
{
    const runtime::Executor executor = co_await asio::this_coro::executor;
    co_await asio::post(executor, asio::use_awaitable_t<runtime::Executor>{});
}

awaitable<void> sorter()
{
    co_await turn_of_the_loop();
    std::puts("sorter: done");
}

awaitable<void> writer()
{
    co_await turn_of_the_loop();
    throw std::runtime_error("the disk is full");
}

// Destroyed, it would have closed its file; it can also flush it first, which takes an await.
awaitable<void> reader(runtime::Notify& bell)
{
    co_await bell.wait();
    std::puts("reader: asked to end, closes its file");
}

void tell_who_is_there(const runtime::TaskGroup& group)
{
    std::printf("there:");
    for (const runtime::TaskGroup::Task& task : group.tasks())
        std::printf(" %.*s", static_cast<int>(task.name.size()), task.name.data());
    std::puts(group.size() == 0 ? " nobody" : "");
}

void tell_fault(std::string_view task, const std::exception_ptr& fault)
try {
    std::rethrow_exception(fault);
} catch (const std::exception& error) {
    std::printf("fault: %.*s: %s\n", static_cast<int>(task.size()), task.data(), error.what());
}

awaitable<void> parent()
{
    const runtime::Executor executor = co_await asio::this_coro::executor;
    runtime::Notify bell(executor);
    runtime::TaskGroup children(executor, tell_fault);
    children.spawn("sorter", sorter());
    children.spawn("writer", writer());
    children.spawn("reader", reader(bell));
    tell_who_is_there(children);
    while (children.size() > 1) co_await turn_of_the_loop();
    tell_who_is_there(children);
    children.cancel();
    tell_who_is_there(children);
    co_await children.join();
    tell_who_is_there(children);
}

}  // namespace

int main()
{
    asio::io_context context;
    runtime::TaskGroup root(context.get_executor(), tell_fault);
    root.spawn("parent", parent());
    context.run();
}
