// Tasks that belong together: each has a name, and the group is left only when all have ended.
//
// With race(), the one place where coroutines are started. A task that ends with an exception is a
// fault of ours, not of a peer (those are values); it is handed to `on_fault` with the task's name,
// and the first is kept. To be cut short is no fault of one that was cancelled.
#pragma once

#include "server/runtime/asio.hpp"
#include "server/runtime/child.hpp"
#include "server/runtime/clock.hpp"
#include "server/runtime/waiter.hpp"

#include <cstdint>
#include <exception>
#include <functional>
#include <list>
#include <string_view>

namespace mini_redis::runtime {

class TaskGroup {
public:
    using OnFault = std::function<void(std::string_view task, std::exception_ptr fault)>;

    // A task that has not ended.
    // Book: observability/names. A task has a name and a time at which it began.
    struct Task {
        Task(std::string_view task_name, std::uint64_t whom, Time::Point now)
            : name(task_name), about(whom), since(now)
        {
        }

        std::string_view name;
        std::uint64_t about;
        Time::Point since;
        Child child;
    };

    TaskGroup(Executor executor, OnFault on_fault, const Time& time = system_time)
        : ended_(executor), executor_(executor), on_fault_(std::move(on_fault)), time_(time)
    {
    }
    TaskGroup(const TaskGroup&) = delete;
    TaskGroup& operator=(const TaskGroup&) = delete;
    // Tasks refer to it: it is joined first, or its context never runs again.
    ~TaskGroup() = default;

    // Everything here: from the group's own thread.

    // `name` must outlive the task: a literal. Every task begins, even if it is cancelled before.
    // `about` tells tasks of one name apart, for who looks at them: a client's id.
    // Book: lazy-and-eager/eager. What is handed to a group has begun.
    void spawn(std::string_view name, awaitable<void> task, std::uint64_t about = 0);

    // Asks every task that is there now to end; what they spawn while they do is not asked. Where
    // tasks have enabled it, another kind may be meant: the default is what all of them hear.
    void cancel(asio::cancellation_type kind = asio::cancellation_type::terminal);

    std::size_t size() const { return tasks_.size(); }
    // Those that have not ended, the oldest first.
    const std::list<Task>& tasks() const { return tasks_; }
    // Null if there was none.
    const std::exception_ptr& first_fault() const { return first_fault_; }

    // At most one task may join at a time.
    // Runs on: the group's executor.  When cancelled: the tasks are, and it still waits for them.
    // Fails: never; but a coroutine that is cancelled before it comes here is thrown out of the
    // co_await by Asio, and joins nothing. Who may be looks, or lets its owner join.
    awaitable<void> join();

private:
    void end(std::list<Task>::iterator task, const std::exception_ptr& fault);

    Waiter ended_;
    Executor executor_;
    OnFault on_fault_;
    const Time& time_;
    std::list<Task> tasks_;
    std::exception_ptr first_fault_;
};

}  // namespace mini_redis::runtime
