// A bell for one waiter: rung while nobody waits, it is remembered once.
//
// A wake-up is a hint and carries nothing. Who waits checks what it waits for, before and after.
#pragma once

#include "server/runtime/asio.hpp"

namespace mini_redis::runtime {

class Notify {
public:
    explicit Notify(Executor executor) : executor_(std::move(executor)) {}

    // Wakes the waiter; if there is none, the next wait() returns at once.
    void notify()
    {
        rung_ = true;
        if (waiter_) asio::post(executor_, std::exchange(waiter_, nullptr));
    }

    // At most one task may wait at a time.
    // Runs on: the executor given.  When cancelled: not cancellable; ring it.  Fails: never.
    awaitable<void> wait()
    {
        if (!rung_)
            co_await asio::async_initiate<const asio::use_awaitable_t<Executor>, void()>(
                [this](auto handler) { Waiter(std::move(handler)).swap(waiter_); },
                use_awaitable_);
        rung_ = false;
    }

private:
    // Never assigned: in Boost 1.81 its move assignment calls itself until the stack is full.
    using Waiter = asio::any_completion_handler<void()>;

    static constexpr asio::use_awaitable_t<Executor> use_awaitable_{};

    Executor executor_;
    Waiter waiter_;
    bool rung_ = false;
};

}  // namespace mini_redis::runtime
