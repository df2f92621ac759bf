// A world that is moved by hand: one context that runs one handler a step, and a clock that stands.
//
// Between two handlers lies every state that an asynchronous program can be seen in: also the one
// in which an operation has completed and its coroutine has not gone on yet. So what is to hold
// whenever a task is cancelled is tried at every step, see cancel_everywhere.hpp.
#pragma once

#include "server/runtime/io_thread.hpp"
#include "server/runtime/manual_clock.hpp"
#include "server/runtime/task_group.hpp"

#include <cstddef>
#include <string>

namespace mini_redis::tests {

class Stepped {
public:
    runtime::IoThread& thread() { return thread_; }
    runtime::asio::io_context& context() { return thread_.context(); }
    runtime::Executor executor() { return thread_.executor(); }

    // Runs one handler; false if there is none to run.
    bool step() { return context().poll_one() != 0; }

    // Runs handlers until there is none; returns how many there were.
    std::size_t settle()
    {
        std::size_t steps = 0;
        while (step()) ++steps;
        return steps;
    }

    // Moves the clock, and runs what that sets going.
    void advance(runtime::Time::Duration by)
    {
        clock.advance(by);
        settle();
    }

    // Of the tasks that failed, each followed by a semicolon.
    std::string faults;
    runtime::ManualClock clock;

private:
    runtime::IoThread thread_;

public:
    runtime::TaskGroup tasks{
        executor(),
        [this](std::string_view task, const auto&) { faults += std::string(task) + ";"; }, clock};
};

}  // namespace mini_redis::tests
