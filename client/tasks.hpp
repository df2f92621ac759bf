// The client's own tasks: each has a name and an owner, which learns when the last has ended.
//
// The one place of the client where coroutines are started. A task that ends with an exception (no
// memory, say) is handed to the owner, with its name.
//
// A task can also end without a word: when a wait cannot even begin, for want of memory, Asio
// destroys the coroutine that was to wait, and lets the exception out of io_context::run(). The
// owner learns of that, too; it is told nothing when the io_context itself goes.
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
        // `fault` is null if the exception is on its way out of run() already.
        virtual void task_failed(std::string_view task, const std::exception_ptr& fault) = 0;
        virtual void tasks_ended() = 0;

    protected:
        ~Owner() = default;
    };

    explicit Tasks(Executor executor) : executor_(std::move(executor)) {}
    Tasks(const Tasks&) = delete;
    Tasks& operator=(const Tasks&) = delete;

    // `name` must outlive the task: a literal. Throws std::bad_alloc if it could not be started.
    void spawn(std::shared_ptr<Owner> owner, std::string_view name, awaitable<void> task);

    std::size_t size() const { return size_; }

private:
    // Goes with the task, however that ends.
    class Ending {
    public:
        Ending(Tasks& tasks, std::shared_ptr<Owner> owner, std::string_view name)
            : tasks_(tasks), owner_(std::move(owner)), name_(name)
        {
            ++tasks_.size_;
        }
        Ending(Ending&&) noexcept = default;
        Ending& operator=(Ending&&) = delete;
        ~Ending();

        void begin() { begun_ = true; }
        void end(const std::exception_ptr& fault);

    private:
        Tasks& tasks_;
        std::shared_ptr<Owner> owner_;  // none: it is over
        std::string_view name_;
        bool begun_ = false;
    };

    static awaitable<void> run(Ending ending, awaitable<void> task);

    Executor executor_;
    std::size_t size_ = 0;
};

}  // namespace mini_redis::client
