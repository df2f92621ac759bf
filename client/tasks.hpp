// The client's own tasks: each has a name and an owner, which learns when the last has ended.
//
// The one place of the client where coroutines are started. A task that ends with an exception (no
// memory, say) is handed to the owner, with its name.
#pragma once

#include "client/asio.hpp"

#include <exception>
#include <memory>
#include <string_view>

namespace mini_redis::client {

class Tasks {
public:
    // Who owns the tasks: each of them holds it, so that it outlives them.
    class Owner {
    public:
        virtual void task_failed(std::string_view task, const std::exception_ptr& fault) = 0;
        virtual void tasks_ended() = 0;

    protected:
        ~Owner() = default;
    };

    explicit Tasks(Executor executor) : executor_(std::move(executor)) {}
    Tasks(const Tasks&) = delete;
    Tasks& operator=(const Tasks&) = delete;

    // `name` must outlive the task: a literal.
    void spawn(std::shared_ptr<Owner> owner, std::string_view name, awaitable<void> task);

    std::size_t size() const { return size_; }

private:
    Executor executor_;
    std::size_t size_ = 0;
};

}  // namespace mini_redis::client
