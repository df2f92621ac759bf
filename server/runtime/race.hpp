// The first of two to end ends the other, and both are waited for.
//
// Unlike Asio's `||`, which waits for the first success and drops what the loser had achieved: here
// an error is an end like any other, and there is no result to lose. What a branch achieves it
// leaves in state that lives on, at the moment it achieves it. A race starts two coroutines: it is
// for waits that are rare, not for every message.
#pragma once

#include "server/runtime/alarm.hpp"
#include "server/runtime/asio.hpp"
#include "server/runtime/child.hpp"

#include <memory>
#include <utility>

namespace mini_redis::runtime {

// What two branches share; the coroutine that waits for them is kept in here.
class Race : public std::enable_shared_from_this<Race> {
public:
    using Token = asio::use_awaitable_t<Executor>;
    using Waiting = asio::async_result<Token, void(std::exception_ptr)>::handler_type;

    Race(Executor executor, Waiting waiting)
        : executor_(std::move(executor)), waiting_(std::move(waiting))
    {
    }

    static awaitable<void> run(Executor executor, awaitable<void> one, awaitable<void> other)
    {
        constexpr Token token;
        return asio::async_initiate<const Token, void(std::exception_ptr)>(
            [executor](auto waiting, awaitable<void> first, awaitable<void> second) {
                const auto race = std::make_shared<Race>(executor, std::move(waiting));
                race->hear_of_cancellation();
                race->start(race->one_, std::move(first));
                race->start(race->other_, std::move(second));
            },
            token, std::move(one), std::move(other));
    }

private:
    void hear_of_cancellation()
    {
        auto slot = asio::get_associated_cancellation_slot(waiting_);
        if (slot.is_connected())
            slot.assign([race = weak_from_this()](asio::cancellation_type kind) {
                if (const auto self = race.lock()) self->cancel(kind);
            });
    }

    void start(Child& branch, awaitable<void> task)
    {
        branch.start(executor_, std::move(task),
                     [self = shared_from_this(), &branch](const std::exception_ptr& fault) {
                         self->end(branch, fault);
                     });
    }

    void cancel(asio::cancellation_type kind)
    {
        one_.cancel(kind);
        other_.cancel(kind);
    }

    void end(const Child& branch, const std::exception_ptr& fault)
    {
        if (fault && !fault_ && !(branch.cancelled() && is_cancellation(fault))) fault_ = fault;
        if (--running_ != 0) return cancel(asio::cancellation_type::terminal);
        // The branch that ended last is still on the stack; it must be gone before anybody goes on.
        asio::post(executor_, [self = shared_from_this()] {
            std::move(self->waiting_)(std::move(self->fault_));
        });
    }

    Executor executor_;
    Waiting waiting_;
    Child one_;
    Child other_;
    int running_ = 2;
    std::exception_ptr fault_;
};

// Both begin, in this order, and run at least to their first suspension.
// Runs on: the awaiting coroutine's executor.  When cancelled: both branches are, and both are
// waited for.  Fails: with the first fault of a branch, once both have ended.
// Book: three-selects/race. A race has no results, so a loser has none to lose.
inline awaitable<void> race(awaitable<void> one, awaitable<void> other)
{
    const Executor executor = co_await asio::this_coro::executor;
    co_await Race::run(executor, std::move(one), std::move(other));
}

// Cancels the task if it has not ended after `limit`. Whether it had is seen by what it left.
// `time` outlives the call. Otherwise as race().
inline awaitable<void> with_timeout(awaitable<void> task, Time::Duration limit, Time& time)
{
    // Book: three-selects/timeout. A timeout is a race against a clock.
    const Executor executor = co_await asio::this_coro::executor;
    Alarm alarm(executor, time);
    co_await race(std::move(task), alarm.wait_for(limit));
}

}  // namespace mini_redis::runtime
