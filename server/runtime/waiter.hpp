// One suspended coroutine: parked until somebody wakes it, or until it is cancelled.
//
// What every primitive here that can be waited for is made of. It says only that the waiting is
// over and whether a cancellation came; what was waited for is the business of its owner, who
// stands by its side. Waking posts, so nothing ever runs inside of who wakes. It allocates nothing
// but the post, for which Asio recycles memory, and the way of a cancellation to it. Where there is
// none for that, it is woken for nothing: who waits looks whether it has come, and parks again.
#pragma once

#include "server/runtime/asio.hpp"

#include <cassert>
#include <new>
#include <optional>
#include <tuple>
#include <utility>

namespace mini_redis::runtime {

class Waiter {
public:
    // As operations under use_tuple end: no error if it was woken.
    using Result = std::tuple<error_code>;

    explicit Waiter(Executor executor) : executor_(std::move(executor)) {}
    Waiter(const Waiter&) = delete;
    Waiter& operator=(const Waiter&) = delete;

    bool parked() const { return parked_.has_value(); }
    // Whether a cancellation has come since the latest park(): also one that came after the
    // wake-up, but before the coroutine went on.
    bool cancelled() const { return cancelled_; }

    // One coroutine at a time; who calls it sees to it that nothing happened before.
    // Runs on: the executor given.  When cancelled, by whatever kind: yields operation_aborted, or
    // nothing if the wake-up came first.  Fails: never.
    awaitable<Result> park()
    {
        return park([] { return true; });
    }

    // The same, but a cancellation only calls `may_leave`, which says whether it ends the waiting.
    // Book: tasks/awaitable. To await is to hand over the way to go on.
    template <class MayLeave>
    awaitable<Result> park(MayLeave may_leave)
    {
        return asio::async_initiate<const Token, void(Result)>(
            [this, may_leave](auto handler) mutable {
                assert(!parked_);
                cancelled_ = false;
                const auto slot = asio::get_associated_cancellation_slot(handler);
                parked_.emplace(std::move(handler));
                if (!slot.is_connected()) return;
                const auto cancel = [this, may_leave](asio::cancellation_type) mutable {
                    cancelled_ = true;
                    if (may_leave()) resume(asio::error::operation_aborted);
                };
                if (!listen(slot, cancel)) wake();
            },
            token_);
    }

    // From the executor's thread. Without effect if nobody is parked.
    void wake() { resume({}); }

    // Unwinds who is parked, some steps later and without waking it: for an owner that goes away.
    // For a waiter that lives in the parked coroutine itself nothing else would.
    void abandon() { take(); }

private:
    using Token = asio::use_awaitable_t<Executor>;
    using Parked = asio::async_result<Token, void(Result)>::handler_type;

    // False if there is no memory for it. (Nobody would hear of what is thrown where a wait begins:
    // its coroutine is suspended already.)
    template <class Cancel>
    static bool listen(asio::cancellation_slot slot, const Cancel& cancel)
    try {
        slot.assign(cancel);
        return true;
    } catch (const std::bad_alloc&) {
        return false;
    }

    std::optional<Parked> take() { return std::exchange(parked_, std::nullopt); }

    // Book: runtime/wake. Who wakes another puts it into the queue, and goes on.
    void resume(error_code error)
    {
        if (auto parked = take())
            asio::post(executor_, [parked = std::move(*parked), error]() mutable {
                std::move(parked)(Result(error));
            });
    }

    static constexpr Token token_{};

    Executor executor_;
    std::optional<Parked> parked_;
    bool cancelled_ = false;
};

}  // namespace mini_redis::runtime
