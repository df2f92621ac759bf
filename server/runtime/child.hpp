// A coroutine that was started by somebody who will join it: the one call of co_spawn, for
// TaskGroup and race().
//
// It keeps two traps of co_spawn (Boost 1.81) from everybody else. To a handler bound to a slot by
// Asio's own bind_cancellation_slot it posts what is emitted, with a bare pointer into a signal
// that may be gone by then; so the handler here brings its slot itself. And a coroutine cancelled
// before it first suspends makes co_spawn throw out of the context's run(); so a cancellation is
// kept until then. Hence every child begins, and runs at least to its first suspension.
//
// A third is dispatch(): what is thrown by what it runs at once goes not to who called it, but out
// of run(), too. So what is to begin here is called, and only what is not is posted.
#pragma once

#include "server/runtime/asio.hpp"
#include "server/runtime/trail.hpp"

#include <exception>
#include <utility>

namespace mini_redis::runtime {

class Child {
public:
    Child() = default;
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;

    // `on_end(fault)` is called on the executor when the task has ended, never from in here. The
    // child lives until then; in the call it may be destroyed. Throws if there is no memory for a
    // beginning; from another thread, that is an end like any other.
    template <class OnEnd>
    void start(const Executor& executor, awaitable<void> task, OnEnd on_end)
    {
        if (executor.running_in_this_thread()) return begin(executor, std::move(task), on_end);
        asio::post(executor, [this, executor, task = std::move(task), on_end]() mutable {
            try {
                begin(executor, std::move(task), on_end);
            } catch (...) {
                on_end(std::current_exception());
            }
        });
    }

    // From the executor's thread.
    // Book: standard-library/remembered. What does not remember has to be remembered for.
    void cancel(asio::cancellation_type kind)
    {
        wanted_ |= kind;
        if (begun_) signal_.emit(kind);
    }

    // Where it waits, in the flavour that knows.
    const Trail& trail() const { return trail_; }

    // Whether it was asked to end, however it took it.
    bool cancelled() const { return wanted_ != asio::cancellation_type::none; }

private:
    template <class OnEnd>
    struct End {
        using cancellation_slot_type = asio::cancellation_slot;

        cancellation_slot_type get_cancellation_slot() const noexcept { return slot; }
        void operator()(const std::exception_ptr& fault) { on_end(fault); }

        asio::cancellation_slot slot;
        OnEnd on_end;
    };

    // Book: tasks/task. A task has begun, and somebody will hear of its end.
    template <class OnEnd>
    void begin(const Executor& executor, awaitable<void> task, const OnEnd& on_end)
    {
        const Trail::Beginning beginning(trail_);
        asio::co_spawn(executor, std::move(task), End<OnEnd>{signal_.slot(), on_end});
        begun_ = true;
        if (wanted_ != asio::cancellation_type::none) signal_.emit(wanted_);
    }

    asio::cancellation_signal signal_;
    asio::cancellation_type wanted_ = asio::cancellation_type::none;
    bool begun_ = false;
    [[no_unique_address]] Trail trail_;
};

// Whether that is how an operation ends that was cancelled.
inline bool is_cancellation(const std::exception_ptr& fault)
{
    try {
        std::rethrow_exception(fault);
    } catch (const boost::system::system_error& error) {
        return error.code() == asio::error::operation_aborted;
    } catch (...) {
        return false;
    }
}

}  // namespace mini_redis::runtime
