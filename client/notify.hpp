// A bell for one waiter: rung while nobody waits, it is remembered once.
//
// A wake-up is a hint and carries nothing. Who waits checks what it waits for, before and after.
// Who waits has to keep the bell alive.
#pragma once

#include "client/asio.hpp"
#include "client/later.hpp"

#include <utility>

namespace mini_redis::client {

class Notify {
public:
    explicit Notify(Executor executor) : executor_(std::move(executor)) {}

    // Wakes the waiter; if there is none, the next wait() returns at once.
    void notify()
    {
        rung_ = true;
        if (waiter_)
            later_.post(executor_, [waiter = std::exchange(waiter_, nullptr)]() mutable {
                std::move(waiter)();
            });
    }

    // At most one task may wait at a time.
    // Runs on: the executor given.  When cancelled: not cancellable; ring it.  Fails: never.
    awaitable<void> wait()
    {
        const auto keep = [this](auto handler) { Bell(std::move(handler)).swap(waiter_); };
        if (!rung_) co_await asio::async_initiate<const Token, void()>(keep, token_);
        rung_ = false;
    }

    // Lets go of the waiter without waking it.
    void abandon() { Bell().swap(waiter_); }

private:
    using Token = asio::use_awaitable_t<Executor>;
    // Never assigned: in Boost 1.81 its move assignment calls itself until the stack is full.
    using Bell = asio::any_completion_handler<void()>;

    static constexpr Token token_{};

    Executor executor_;
    Bell waiter_;
    Later later_;
    bool rung_ = false;
};

}  // namespace mini_redis::client
