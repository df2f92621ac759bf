// From bytes to values to whoever takes them.
#include "client/feed.hpp"

#include <new>
#include <string>
#include <utility>

namespace mini_redis::client {

Feed::Feed(const Executor& executor, Options options, const Outside& outside)
    : executor_(executor),
      options_(std::move(options)),
      outside_(complete(outside)),
      inflow_(options_.messages_bytes_max, options_.overflow),
      link_(executor, options_, outside_, *this)
{
}

void Feed::start(Waiter& waiter, const Request&, Limit limit)
{
    const TimePoint until = deadline(limit);
    try {
        inflow_.take(waiter, until);
    } catch (const std::bad_alloc&) {
        return refuse(waiter, {Errc::no_memory, no_memory});
    }
    if (over_) inflow_.fail(*over_);
    finish_soon();
    link_.remind(until);
    link_.wake();
}

void Feed::cancel(Waiter& waiter, asio::cancellation_type)
{
    if (inflow_.withdraw(waiter, {Errc::cancelled, "cancelled"})) finish_soon();
}

void Feed::refuse(Waiter& waiter, Error why)
{
    waiter.fail(std::move(why));
    inflow_.settle(waiter);
    finish_soon();
}

// No limit is usual here: silence is no fault.
TimePoint Feed::deadline(Limit limit)
{
    return limit && *limit != limit->zero() ? link_.now() + *limit : never;
}

void Feed::connect()
{
    if (!link_.started()) link_.start(shared_from_this());
}

void Feed::speak()
{
    link_.wake();
    if (!link_.up() || receiving_ || std::exchange(flush_posted_, true)) return;
    flush_.post(executor_, [self = shared_from_this()] {
        self->flush_posted_ = false;
        self->link_.flush();
    });
}

void Feed::finish_soon()
{
    if (!inflow_.settled() || std::exchange(finish_posted_, true)) return;
    finish_.post(executor_, [self = shared_from_this()] {
        self->finish_posted_ = false;
        self->inflow_.finish_settled();
        self->report_fault();
    });
}

void Feed::report_fault()
{
    if (const std::exception_ptr fault = inflow_.take_fault())
        asio::post(executor_, [fault] { std::rethrow_exception(fault); });
}

std::string_view Feed::received(protocol::Buffer& in)
{
    receiving_ = true;
    // Book: sequences/who-slows-down. Who does not take slows down who sends, or loses and is told.
    while (!in.empty() && hears() && parser_.error().empty()) {
        const std::size_t taken = parser_.feed(in.view());
        in.consume(taken);
        received_ += taken;
        if (!parser_.ready()) continue;
        heard(parser_.take(), std::exchange(received_, 0));
    }
    receiving_ = false;
    report_fault();
    return parser_.error();
}

void Feed::lost(std::string_view)
{
    parser_ = {};
    received_ = 0;
    outgoing_.clear();
    finish_soon();
}

void Feed::unreachable(const Error& why)
{
    inflow_.fail(why);
    finish_soon();
}

TimePoint Feed::on_time(TimePoint now)
{
    const TimePoint next = inflow_.expire(now);
    finish_soon();
    return next;
}

void Feed::stop()
{
    if (!over_) over_ = Error{Errc::closed, "closed"};
    inflow_.fail(*over_);
    finish_soon();
    link_.stop();
}

void Feed::task_failed(std::string_view task, const std::exception_ptr& fault)
{
    over_ = Error{Errc::no_memory, "the client's task failed: ", task};
    stop();
    if (fault) asio::post(executor_, [fault] { std::rethrow_exception(fault); });
}

}  // namespace mini_redis::client
