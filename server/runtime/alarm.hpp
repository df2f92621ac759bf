// A time to wait for, upon whatever source of time it is handed.
//
// On the machine's time it waits by a timer of Asio; a ManualClock rings it. Which one it is, who
// waits cannot tell.
#pragma once

#include "server/runtime/asio.hpp"
#include "server/runtime/clock.hpp"
#include "server/runtime/waiter.hpp"

#include <optional>

#include <boost/intrusive/list_hook.hpp>

namespace mini_redis::runtime {

namespace alarm {
// How a clock keeps those that are set on it; one that is destroyed leaves by itself.
using Hook =
    boost::intrusive::list_base_hook<boost::intrusive::link_mode<boost::intrusive::auto_unlink>>;
}  // namespace alarm

class Alarm : public alarm::Hook {
public:
    // `time` outlives it.
    Alarm(Executor executor, Time& time) : time_(time), timer_(executor), waiter_(executor) {}

    // Sets it, or sets it anew: who waits already then waits for the new time.
    void set(Time::Point when)
    {
        unlink();
        when_ = when;
        rung_by_clock_ = time_.watch(*this);
        if (!rung_by_clock_) timer_.expires_at(when);
        waiter_.wake();
    }
    void set_after(Time::Duration delay) { set(after(delay)); }

    // Whoever waits returns, unless it is set again in the same step.
    void cancel()
    {
        unlink();
        when_.reset();
        timer_.cancel();
        waiter_.wake();
    }

    bool is_set() const { return when_.has_value(); }
    std::optional<Time::Point> when() const { return when_; }
    // Whether it is set and its time has come.
    bool due() const { return when_ && time_.now() >= *when_; }

    // Until its time has come; at once if it is not set. At most one task at a time.
    // Runs on: the executor given.  When cancelled: returns; it stays set.  Fails: never.
    awaitable<void> wait()
    {
        while (when_ && !due()) {
            if (rung_by_clock_)
                co_await waiter_.park();
            else
                co_await timer_.async_wait(use_tuple);
            const asio::cancellation_state state = co_await asio::this_coro::cancellation_state;
            if (state.cancelled() != asio::cancellation_type::none) co_return;
        }
    }

    // As above.
    awaitable<void> wait_until(Time::Point when)
    {
        set(when);
        return wait();
    }
    awaitable<void> wait_for(Time::Duration delay) { return wait_until(after(delay)); }

private:
    friend class ManualClock;

    void ring()
    {
        unlink();
        waiter_.wake();
    }

    // Delays may come from a peer: one too long for the clock is as good as for ever.
    Time::Point after(Time::Duration delay) const
    {
        const Time::Point now = time_.now();
        return delay > Time::Point::max() - now ? Time::Point::max() : now + delay;
    }

    Time& time_;
    Timer timer_;
    Waiter waiter_;
    std::optional<Time::Point> when_;
    bool rung_by_clock_ = false;
};

}  // namespace mini_redis::runtime
