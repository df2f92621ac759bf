// Tasks that belong together: each has a name, and the group is left only when all have ended.
//
// The one place where coroutines are started. A task that ends with an exception is a fault of ours,
// not of a peer (those are values); it is handed to `on_fault` with the task's name.
#pragma once

#include <functional>
#include <string_view>

#include "server/runtime/asio.hpp"
#include "server/runtime/notify.hpp"

namespace mini_redis::runtime {

class TaskGroup {
public:
    using OnFault = std::function<void(std::string_view task, std::exception_ptr fault)>;

    TaskGroup(Executor executor, OnFault on_fault)
        : executor_(executor), ended_(executor), on_fault_(std::move(on_fault))
    {
    }
    TaskGroup(const TaskGroup&) = delete;
    TaskGroup& operator=(const TaskGroup&) = delete;

    // From the group's own thread. `name` must outlive the task: a literal.
    void spawn(std::string_view name, awaitable<void> task);

    std::size_t size() const { return size_; }

    // Runs on: the group's executor.  When cancelled: not cancellable.  Fails: never.
    awaitable<void> join();

private:
    Executor executor_;
    Notify ended_;
    OnFault on_fault_;
    std::size_t size_ = 0;
};

}  // namespace mini_redis::runtime
