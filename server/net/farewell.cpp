// The ways a connection ends, and what makes it end.
//
// In good order it answers what it heard, sends that, announces its end and waits for the client's.
// In no order it is closed, and what it was still owed is lost: because it broke, because it was
// killed, because it went beyond a bound, or because time is up.
#include "server/net/connection.hpp"
#include "server/net/worker.hpp"
#include "server/runtime/child.hpp"

namespace mini_redis::net {
namespace asio = runtime::asio;
using runtime::awaitable;
using runtime::error_code;

namespace {

constexpr std::int64_t flush_ms = 10'000;   // without taking any of what it is owed
constexpr std::int64_t hang_up_ms = 2'000;  // to read our last words and hang up
constexpr std::int64_t quiet_ms = 2'000;    // until spare memory is given back

}  // namespace

// Book: deep-dive/connection. A connection is one task; it becomes two while the kernel is slower.
awaitable<void> Connection::run([[maybe_unused]] Self self)
{
    try {
        // What a run that was cut short has left, once its writer has noticed, too.
        while (writing_) co_await written_.wait();
        flush();
        co_await read_requests();
        co_await say_goodbye();
    } catch (const std::exception& fault) {
        if (runtime::is_cancellation(std::current_exception())) throw;
        close_now(fault.what(), observability::LogLevel::warning);
    }
    try {
        while (writing_) co_await written_.wait();
    } catch (const std::bad_alloc&) {
        // No memory to wait: its writer, whose transport is closed, ends later.
    }
    worker_.leave(*this);
}

// What is owed is sent, the end is announced, and the client's own end is waited for: closing a
// socket with unread input would make the kernel throw away what the client has not read yet.
awaitable<void> Connection::say_goodbye()
{
    worker_.withdraw(*this);  // first: it still takes what was counted for it
    leaving_ = true;
    deadline_ms_ = worker_.now_ms() + flush_ms;
    // That the writer has ended says nothing: it may have been cancelled. The outbox knows.
    for (flush(); !outbox_.empty() && !broken_; flush()) co_await written_.wait();
    if (!broken_) {
        drained_ = !session_.killed && (!holds_back() || ended_);  // who has gone waits for nothing
        deadline_ms_ = worker_.now_ms() + hang_up_ms;
        if (!ended_) transport_->announce_end();
        for (char rest[512]; !ended_ && !(deaf() && transport_->delivered());) {
            error_code error;
            transport_->read_some(asio::buffer(rest), error);
            ended_ = error && error != asio::error::would_block;
            if (error == asio::error::would_block) co_await transport_->readable();
            if (!transport_->is_open()) co_return;
        }
    }
    transport_->close();
}

void Connection::postpone_deadline()
{
    if (deadline_ms_ != 0) deadline_ms_ = worker_.now_ms() + flush_ms;
}

void Connection::close()
{
    worker_.thread().post([self = shared_from_this()] { self->close_now("it was killed"); });
}

void Connection::shut_down(runtime::Phase phase)
{
    if (phase >= runtime::Phase::not_reading) transport_->wake();
    if (phase == runtime::Phase::hard) close_now("the server does not wait any longer");
}

void Connection::close_now(std::string_view reason, observability::LogLevel level)
{
    leaving_ = true;
    broken_ = true;
    if (!transport_->is_open()) return;
    observability::log(level, "client {} ({}) is closed: {}", session_.id, session_.address,
                       reason);
    transport_->close();
}

void Connection::look_after(std::int64_t now_ms)
{
    if (deadline_ms_ != 0) {
        if (deaf()) transport_->wake();
        if (now_ms >= deadline_ms_) close_now("it did not hang up in time");
        return;
    }
    if (leaving_) return;
    if (owes_too_long()) return close_debtor();
    const std::int64_t silent_ms = now_ms - session_.last_used_ms.load(std::memory_order_relaxed);
    const std::int64_t timeout_ms = worker_.services().config.timeout.get() * 1000;
    if (timeout_ms != 0 && silent_ms > timeout_ms && !session_.monitor && !held_)
        return close_now("it was idle");
    const bool resumed = waits_for_key() && held_->wait->end() != dispatch::Wait::End::none;
    if (end_unseen_ || resumed) transport_->wake();
    if (silent_ms > quiet_ms && inbox_.release()) publish_sizes();
}

bool Connection::asks_too_much()
{
    if (inbox_.unconsumed().size() <= worker_.services().config.client_query_buffer_limit.get())
        return false;
    worker_.counts().statistics.query_limit.add();
    return true;
}

config::BufferLimit Connection::output_limit() const
{
    return worker_.services().config.client_output_buffer_limit.get(
        session_.subscriptions && !session_.subscriptions->empty() ? config::ClientClass::pubsub
                                                                   : config::ClientClass::normal);
}

// Asked before more is added to what is owed. One reply alone may be larger than the limit.
bool Connection::owes_too_much()
{
    if (outbox_.empty()) return false;
    const auto limit = output_limit();
    return (limit.hard_bytes != 0 && outbox_.size() > limit.hard_bytes) || owes_too_long();
}

bool Connection::owes_too_long()
{
    const auto limit = output_limit();
    if (limit.soft_bytes == 0 || outbox_.size() <= limit.soft_bytes) {
        soft_limit_ms_ = 0;
        return false;
    }
    if (soft_limit_ms_ == 0) soft_limit_ms_ = worker_.now_ms();
    return worker_.now_ms() - soft_limit_ms_ > limit.soft_seconds * 1000;
}

void Connection::close_debtor()
{
    worker_.counts().statistics.output_limit.add();
    close_now("it is owed more than client-output-buffer-limit allows",
              observability::LogLevel::warning);
}

}  // namespace mini_redis::net
