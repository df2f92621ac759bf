// From phase to phase, and who is told.
#include "server/runtime/shutdown.hpp"

#include <algorithm>

namespace mini_redis::runtime {

namespace {

Phase after(Phase phase)
{
    return phase == Phase::hard ? phase : static_cast<Phase>(static_cast<int>(phase) + 1);
}

Time::Duration lasts(const Patience& patience, Phase phase)
{
    switch (phase) {
        case Phase::not_accepting:
            return patience.not_accepting;
        case Phase::not_reading:
            return patience.not_reading;
        case Phase::flushing:
            return patience.flushing;
        case Phase::running:
        case Phase::hard:
            break;
    }
    return Time::Duration::max();
}

}  // namespace

Shutdown::Shutdown(Executor home, Time& time, std::function<Patience()> patience)
    : home_(home), patience_(std::move(patience)), deadline_(home, time)
{
    deadline_.set(Time::Point::max());
}

Shutdown::Listener::Listener(Shutdown& shutdown, Phase phase, Heard heard)
    : phase_(phase), heard_(std::move(heard))
{
    if (shutdown.phase_ >= phase)
        heard_();
    else
        shutdown.listeners_.push_back(*this);
}

Shutdown::~Shutdown()
{
    while (!waiting_.empty()) {
        Waiting& first = waiting_.front();
        waiting_.pop_front();
        first.waiter.abandon();
    }
}

void Shutdown::request()
{
    enter(requested() ? Phase::hard : Phase::not_accepting);
}

void Shutdown::finish(Phase phase)
{
    if (phase_ == phase && phase != Phase::running) enter(after(phase));
}

void Shutdown::enter(Phase phase)
{
    target_ = std::max(target_, phase);
    if (std::exchange(entering_, true)) return;  // asked for by who is being told; see below
    // Book: cells/wanting. A call from inside says what it wants, and the call outside does it.
    while (phase_ != target_) {
        phase_ = after(phase_);
        deadline_.set_after(lasts(patience_(), phase_));
        tell();
    }
    entering_ = false;
    if (phase_ == Phase::hard) deadline_.cancel();
}

void Shutdown::tell()
{
    // Book: cells/telling. Who is told may call back, so nothing is held while it is told.
    List<Listener> listeners;
    listeners.swap(listeners_);
    while (!listeners.empty()) {
        Listener& first = listeners.front();
        listeners.pop_front();
        if (first.phase_ > phase_) {
            listeners_.push_back(first);
            continue;
        }
        const Heard heard = std::move(first.heard_);  // the listener may end in the call
        heard();
    }
    for (Waiting& each : waiting_)
        if (each.phase <= phase_) each.waiter.wake();
}

awaitable<void> Shutdown::reached(Phase phase)
{
    if (phase_ >= phase) co_return;
    Waiting waiting(home_, phase);
    waiting_.push_back(waiting);
    while (phase_ < phase && !waiting.waiter.cancelled()) co_await waiting.waiter.park();
}

awaitable<void> Shutdown::keep_time()
{
    while (phase_ != Phase::hard) {
        co_await deadline_.wait();
        const asio::cancellation_state state = co_await asio::this_coro::cancellation_state;
        if (state.cancelled() != asio::cancellation_type::none) co_return;
        if (deadline_.due()) enter(after(phase_));
    }
}

}  // namespace mini_redis::runtime
