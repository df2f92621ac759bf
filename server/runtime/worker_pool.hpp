// Where calls go that block: fsync, rename, resolve.
//
// A thread of the pool makes the call while the coroutine that wants it waits, and its own thread
// serves others. What the call finds out it leaves in state that the caller owns and that lives
// until run() has returned. The number of calls that wait for a thread is bounded: a disk that
// hangs must not gather all there is.
#pragma once

#include "server/runtime/asio.hpp"

#include <atomic>
#include <cstddef>
#include <functional>

namespace mini_redis::runtime {

class WorkerPool {
public:
    struct Bounds {
        std::size_t threads = 1;
        std::size_t calls_max = 1024;  // made or waiting
    };

    WorkerPool() : WorkerPool(Bounds{}) {}
    explicit WorkerPool(Bounds bounds);
    WorkerPool(const WorkerPool&) = delete;
    WorkerPool& operator=(const WorkerPool&) = delete;
    ~WorkerPool() { join(); }

    // Blocks until every call that was accepted has been made. Their coroutines' contexts are still
    // there, to go on with them; none may call from now on.
    void join() { threads_.join(); }

    // From any thread; `call` is made once.
    // Runs on: the awaiting coroutine's executor, but for the call.  When cancelled: the call is
    // made to its end, and waited for: nobody can take back half a rename.  Fails: with what the
    // call throws; with no_buffer_space if there are too many, and then it is not made.
    awaitable<void> run(std::function<void()> call);

    // From any thread: those that were accepted and have not been made.
    std::size_t calls() const { return calls_.load(std::memory_order_relaxed); }

private:
    awaitable<void> make(Executor home, const std::function<void()>& call);
    void enter();
    void leave() { calls_.fetch_sub(1, std::memory_order_relaxed); }

    const std::size_t calls_max_;
    std::atomic<std::size_t> calls_{0};
    asio::thread_pool threads_;
};

}  // namespace mini_redis::runtime
