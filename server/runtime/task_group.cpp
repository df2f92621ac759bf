// Starting, cancelling and joining.
#include "server/runtime/task_group.hpp"

namespace mini_redis::runtime {

void TaskGroup::spawn(std::string_view name, awaitable<void> task, std::uint64_t about)
{
    const auto node = tasks_.emplace(tasks_.end(), name, about, time_.now());
    try {
        node->child.start(executor_, std::move(task),
                          [this, node](const std::exception_ptr& fault) { end(node, fault); });
    } catch (...) {
        tasks_.erase(node);
        throw;
    }
}

// Book: structured-concurrency/faults. What a task could not handle is told with the task's name.
void TaskGroup::end(std::list<Task>::iterator task, const std::exception_ptr& fault)
{
    const std::string_view name = task->name;
    const bool failed = fault && !(task->child.cancelled() && is_cancellation(fault));
    tasks_.erase(task);
    if (failed) {
        if (!first_fault_) first_fault_ = fault;
        on_fault_(name, fault);
    }
    if (tasks_.empty()) ended_.wake();
}

void TaskGroup::cancel(asio::cancellation_type kind)
{
    for (Task& task : tasks_) task.child.cancel(kind);
}

awaitable<void> TaskGroup::join()
{
    // Book: structured-concurrency/group. A group is left only when all of its tasks have ended.
    // A cancelled coroutine may not await again, unless it says that it knows.
    const bool throws = co_await asio::this_coro::throw_if_cancelled();
    co_await asio::this_coro::throw_if_cancelled(false);
    const auto pass_on = [this] {
        cancel();
        return false;
    };
    while (!tasks_.empty()) co_await ended_.park(pass_on);
    co_await asio::this_coro::throw_if_cancelled(throws);
}

}  // namespace mini_redis::runtime
