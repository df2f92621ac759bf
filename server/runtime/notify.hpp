// A bell for one waiter: rung while nobody waits, it is remembered once.
//
// A wake-up is a hint and carries nothing. Who waits checks what it waits for, before and after.
#pragma once

#include "server/runtime/waiter.hpp"

namespace mini_redis::runtime {

class Notify {
public:
    explicit Notify(Executor executor) : waiter_(std::move(executor)) {}

    // Wakes the waiter; if there is none, the next wait() returns at once.
    void notify()
    {
        rung_ = true;
        waiter_.wake();
    }

    // At most one task may wait at a time.
    // Runs on: the executor given.  When cancelled: returns, and a ring that came at the same time
    // stays remembered.  Fails: never.
    awaitable<void> wait()
    {
        if (!rung_) {
            co_await waiter_.park();
            if (waiter_.cancelled()) co_return;
        }
        rung_ = false;
    }

    // Unwinds who waits, as Waiter does.
    void abandon() { waiter_.abandon(); }

private:
    Waiter waiter_;
    bool rung_ = false;
};

}  // namespace mini_redis::runtime
