// A world that is moved by hand: one context that runs one handler a step, and a clock that stands.
//
// Between two handlers lies every state that an asynchronous program can be seen in: also the one
// in which an operation has completed and its coroutine has not gone on yet. So what is to hold
// whenever a task is cancelled is tried at every step, see cancel_everywhere.hpp.
#pragma once

#include "server/runtime/alarm.hpp"
#include "server/runtime/io_thread.hpp"
#include "server/runtime/manual_clock.hpp"
#include "server/runtime/task_group.hpp"

#include <chrono>
#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace mini_redis::tests {

class Stepped {
public:
    runtime::IoThread& thread() { return thread_; }
    runtime::asio::io_context& context() { return thread_.context(); }
    runtime::Executor executor() { return thread_.executor(); }

    // Runs one handler; false if there is none to run.
    bool step() { return context().poll_one() != 0; }

    // Runs handlers until there is none; returns how many there were. Fails if there is no end of
    // them, for some task takes turns with itself.
    std::size_t settle()
    {
        constexpr std::size_t steps_max = 100'000;
        std::size_t steps = 0;
        while (step())
            if (++steps == steps_max) throw std::runtime_error("it does not come to rest");
        return steps;
    }

    // Moves the clock, and runs what that sets going.
    void advance(runtime::Time::Duration by)
    {
        clock.advance(by);
        settle();
    }

    // Moves the clock a second at a time, until all tasks have ended. Returns how many seconds that
    // took, or `most` if they have not ended by then.
    int seconds_until_idle(int most = 1000)
    {
        settle();
        int seconds = 0;
        for (; tasks.size() != 0 && seconds < most; ++seconds) advance(std::chrono::seconds(1));
        return seconds;
    }

    // Where tasks wait for other threads: runs handlers, and waits for them, until all tasks have
    // ended; but not for long, as only a failure lasts.
    void run_until_idle()
    {
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
        while (tasks.size() != 0 && context().run_one_until(deadline) != 0) continue;
    }

    // For a test that ends before its tasks do. It has to be called while all that they refer to is
    // there. So no destructor does it here: the members of a derived class would have gone by then.
    void end()
    {
        tasks.cancel();
        settle();
    }

    // Waits by the clock, as for a disk or for somebody far away.
    // When cancelled: returns.
    runtime::awaitable<void> pause(runtime::Time::Duration duration)
    {
        runtime::Alarm alarm(executor(), clock);
        co_await alarm.wait_for(duration);
    }

    // Goes to the end of the queue so many times: whoever is in it goes on first.
    // When cancelled: at the next turn, by the exception that Asio throws.
    runtime::awaitable<void> turns(int count = 1)
    {
        for (; count != 0; --count) co_await runtime::asio::post(executor(), runtime::use_tuple);
    }

    // A task that keeps what another one returns; the place outlives it.
    template <class T>
    static runtime::awaitable<void> keep(runtime::awaitable<T> task, T& place)
    {
        place = co_await std::move(task);
    }

    void note(std::string_view task) { faults += std::string(task) + ";"; }

    // Of the tasks that failed, each followed by a semicolon.
    std::string faults;
    runtime::ManualClock clock;

private:
    runtime::IoThread thread_;

public:
    runtime::TaskGroup tasks{executor(), [this](std::string_view task, const auto&) { note(task); },
                             clock};
};

}  // namespace mini_redis::tests
