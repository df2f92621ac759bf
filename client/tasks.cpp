// Starting a task, and noticing its end.
#include "client/tasks.hpp"

#include <utility>

namespace mini_redis::client {

void Tasks::spawn(std::shared_ptr<Owner> owner, std::string_view name, awaitable<void> task)
{
    ++size_;
    asio::co_spawn(executor_, std::move(task),
                   [this, owner = std::move(owner), name](const std::exception_ptr& fault) {
                       --size_;
                       if (fault) owner->task_failed(name, fault);
                       if (size_ == 0) owner->tasks_ended();
                   });
}

}  // namespace mini_redis::client
