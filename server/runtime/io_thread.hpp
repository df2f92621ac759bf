// One thread and its io_context: everything that lives on it is touched by it alone.
//
// Other threads may post to it and nothing else; so Asio is told that its reactor needs no locks.
#pragma once

#include "server/runtime/asio.hpp"

namespace mini_redis::runtime {

class IoThread {
public:
    IoThread() : context_(BOOST_ASIO_CONCURRENCY_HINT_UNSAFE_IO), work_(context_.get_executor()) {}

    asio::io_context& context() { return context_; }
    Executor executor() { return context_.get_executor(); }

    // Works on the calling thread until it has nothing to do, once finish() was called.
    void run() { context_.run(); }
    // From its own thread: no more is to come.
    void finish() { work_.reset(); }

    template <class Function>
    void post(Function&& function)
    {
        asio::post(context_, std::forward<Function>(function));
    }

private:
    asio::io_context context_;
    asio::executor_work_guard<Executor> work_;
};

}  // namespace mini_redis::runtime
