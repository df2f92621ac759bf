// What becomes of a request, and of all of them when the connection ends.
#include "client/connection.hpp"

#include <new>
#include <string>
#include <utility>

namespace mini_redis::client {

Connection::Connection(const Executor& executor, Options options, const Outside& outside)
    : executor_(executor),
      options_(std::move(options)),
      outside_(complete(outside)),
      multiplexer_({options_.queue_bytes_max, options_.retries_max}),
      link_(executor, options_, outside_, *this)
{
}

void Connection::start(Waiter& waiter, const Request& request, Limit limit)
{
    if (over_) return refuse(waiter, *over_);
    const auto time = limit.value_or(options_.request_timeout);
    if (time != time.zero()) waiter.deadline = link_.now() + time;
    try {
        if (!link_.started()) link_.start(shared_from_this());
        if (over_) return refuse(waiter, *over_);  // a task failed in there
        multiplexer_.add(waiter, request);
    } catch (const std::bad_alloc&) {
        return refuse(waiter, {Errc::no_memory, no_memory});
    }
    link_.remind(waiter.deadline);
    link_.up() ? flush_soon() : link_.wake();
}

void Connection::refuse(Waiter& waiter, Error why)
{
    waiter.fail(std::move(why));
    multiplexer_.settle(waiter);
    finish_soon();
}

void Connection::cancel(Waiter& waiter, asio::cancellation_type how)
{
    using Type = asio::cancellation_type;
    const bool perhaps = multiplexer_.may_be_executed(waiter);
    // To cancel totally is to undo, which what the server may have cannot be.
    if (perhaps && (how & (Type::terminal | Type::partial)) == Type::none) return;
    const char* const text = perhaps ? "cancelled; the request may have been executed"
                                     : "cancelled; the request was not sent";
    if (!multiplexer_.withdraw(waiter, {Errc::cancelled, text})) return;
    finish_soon();
    flush_soon();
}

// While replies are received the link flushes anyway, when all of them are.
void Connection::flush_soon()
{
    if (receiving_ || multiplexer_.outgoing().empty()) return;
    if (std::exchange(flush_posted_, true)) return;
    flush_.post(executor_, [self = shared_from_this()] {
        self->flush_posted_ = false;
        self->link_.flush();
    });
}

void Connection::finish_soon()
{
    if (!multiplexer_.settled() || std::exchange(finish_posted_, true)) return;
    finish_.post(executor_, [self = shared_from_this()] {
        self->finish_posted_ = false;
        self->multiplexer_.finish_settled();
        self->stop_if_done();
        self->report_fault();
    });
}

// An exception of a handler's is not ours to keep; it comes out of io_context::run().
void Connection::report_fault()
{
    if (const std::exception_ptr fault = multiplexer_.take_fault())
        asio::post(executor_, [fault] { std::rethrow_exception(fault); });
}

// Some may have come to an end in line, for want of memory.
void Connection::wrote(std::size_t bytes)
{
    multiplexer_.wrote(bytes);
    finish_soon();
}

std::string_view Connection::received(protocol::Buffer& in)
{
    receiving_ = true;
    const std::string_view wrong = multiplexer_.receive(in);
    receiving_ = false;
    stop_if_done();
    report_fault();
    return wrong;
}

void Connection::lost(std::string_view why)
{
    multiplexer_.lost(why);
    if (!options_.reconnect && !over_) {
        over_ = Error{Errc::connection_lost, "connection lost (" + std::string(why) + ")"};
        multiplexer_.fail_all(*over_);
        link_.stop();
    }
    finish_soon();
}

void Connection::unreachable(const Error& why)
{
    multiplexer_.fail_all(why);
    finish_soon();
}

TimePoint Connection::on_time(TimePoint now)
{
    const TimePoint next = multiplexer_.expire(now);
    finish_soon();
    flush_soon();
    return next;
}

void Connection::disconnect()
{
    if (link_.up()) link_.drop("given up");
}

void Connection::stop()
{
    if (!over_) over_ = Error{Errc::closed, "the client is closed"};
    multiplexer_.lost("the client was closed");
    multiplexer_.fail_all(
        {Errc::closed, "the client was closed; the request was not sent"},
        {Errc::connection_lost,
         "the client was closed before the request was sent again; it may have been executed"});
    finish_soon();
    link_.stop();
}

void Connection::finish()
{
    if (!over_) over_ = Error{Errc::closed, "the client is closed"};
    stop_if_done();
}

void Connection::stop_if_done()
{
    if (!over_ || multiplexer_.waiting() != 0) return;
    link_.stop();
    if (link_.running() == 0) tasks_ended();
}

void Connection::abandon()
{
    multiplexer_.abandon();
    while (Waiter* const waiter = closers_.pop()) waiter->abandon();
}

void Connection::task_failed(std::string_view task, const std::exception_ptr& fault)
{
    over_ = Error{Errc::no_memory, "the client's task failed: ", task};
    stop();
    if (fault) asio::post(executor_, [fault] { std::rethrow_exception(fault); });
}

void Connection::tasks_ended()
{
    while (Waiter* const waiter = closers_.pop()) {
        waiter->receive(Scalar{protocol::Value::Kind::simple, "OK", 0, 0});
        multiplexer_.settle(*waiter);
    }
    finish_soon();
}

void Connection::Closing::start(Waiter& waiter, const Request&, Limit)
{
    connection_.closers_.push(waiter);
    connection_.finish();
}

void Connection::Closing::cancel(Waiter& waiter, asio::cancellation_type)
{
    if (waiter.state == Waiter::State::settled) return;
    connection_.closers_.remove(waiter);
    connection_.refuse(waiter, {Errc::cancelled, "cancelled"});
}

void Connection::Unfit::start(Waiter& waiter, const Request&, Limit)
{
    connection_.refuse(waiter, {Errc::unfit,
                                "the command would change the connection that others share; there "
                                "are options, Subscriber, Transaction, Watch and Listener"});
}

}  // namespace mini_redis::client
