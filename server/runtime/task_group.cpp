// Starting and joining.
#include "server/runtime/task_group.hpp"

namespace mini_redis::runtime {

void TaskGroup::spawn(std::string_view name, awaitable<void> task)
{
    ++size_;
    asio::co_spawn(executor_, std::move(task), [this, name](const std::exception_ptr& fault) {
        --size_;
        if (fault) on_fault_(name, fault);
        if (size_ == 0) ended_.notify();
    });
}

awaitable<void> TaskGroup::join()
{
    while (size_ != 0) co_await ended_.wait();
}

}  // namespace mini_redis::runtime
