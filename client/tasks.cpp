// Starting a task, and noticing its end.
#include "client/tasks.hpp"

#include <utility>

namespace mini_redis::client {

void Tasks::spawn(std::shared_ptr<Owner> owner, std::string_view name, awaitable<void> task)
{
    // What is to be done at the end is done within the task: the completion handler might be
    // dropped, for want of memory to dispatch it.
    asio::co_spawn(executor_, run(Ending(*this, std::move(owner), name), std::move(task)),
                   [](const std::exception_ptr&) {});
}

awaitable<void> Tasks::run(Ending ending, awaitable<void> task)
{
    ending.begin();
    std::exception_ptr fault;
    try {
        co_await std::move(task);
    } catch (...) {
        fault = std::current_exception();
    }
    ending.end(fault);
}

void Tasks::Ending::end(const std::exception_ptr& fault)
{
    const auto owner = std::exchange(owner_, nullptr);
    --tasks_.size_;
    if (fault) owner->task_failed(name_, fault);
    if (tasks_.size_ == 0) owner->tasks_ended();
}

Tasks::Ending::~Ending()
{
    const auto owner = std::exchange(owner_, nullptr);
    if (!owner) return;
    --tasks_.size_;
    // Destroyed while the io_context runs, and not with it.
    if (!begun_ || !tasks_.executor_.running_in_this_thread()) return;
    owner->task_failed(name_, nullptr);
    if (tasks_.size_ == 0) owner->tasks_ended();
}

}  // namespace mini_redis::client
