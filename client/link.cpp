// The three tasks of a link, and what they share.
#include "client/link.hpp"

#include <algorithm>
#include <new>
#include <utility>

namespace mini_redis::client {
namespace {

constexpr std::size_t read_bytes = 32 * 1024;

}  // namespace

Link::Link(const Executor& executor, const Options& options, Outside outside, Traffic& traffic)
    : executor_(executor),
      options_(options),
      traffic_(traffic),
      transport_(outside.transport(executor)),
      alarm_(outside.alarm(executor)),
      chance_(std::move(outside.chance)),
      tasks_(executor),
      bell_(executor),
      backoff_(options.pause_first, options.pause_max)
{
}

void Link::start(const Self& self)
{
    self_ = self;
    if (!watched_) tasks_.spawn(self, "watch", watch(Watching(*this)));
    watched_ = true;
    tasks_.spawn(self, "keep", keep());
    started_ = true;
}

void Link::stop()
{
    if (std::exchange(stopped_, true)) return;
    up_ = false;
    transport_->close();
    alarm_->set(TimePoint::min());
    wake();
}

void Link::drop(std::string_view why)
{
    if (ended_.empty()) {
        try {
            ended_ = why;
        } catch (const std::bad_alloc&) {
            ended_ = no_memory;
        }
    }
    up_ = false;
    transport_->close();
    wake();
}

void Link::drop(const error_code& error)
{
    try {
        drop(error.message());
    } catch (const std::bad_alloc&) {
        drop(no_memory);
    }
}

awaitable<void> Link::keep()
{
    while (!stopped_) {
        if (!traffic_.wanted()) {
            co_await bell_.wait();
            continue;
        }
        co_await pause();
        if (stopped_ || !traffic_.wanted()) continue;
        ended_.clear();
        const std::optional<Error> refused = co_await open();
        if (stopped_) break;
        if (refused) {
            failed(*refused);
            continue;
        }
        failures_ = 0;
        backoff_.reset();
        trouble_.clear();
        up_ = true;
        traffic_.opened(handshake_->dialect());
        flush();
        co_await read_on();
        up_ = false;
        transport_->close();
        in_.release();
        trouble_ = ended_;
        pause_ends_ = now() + backoff_.next(chance_());
        if (!stopped_) traffic_.lost(ended_);
    }
}

void Link::failed(const Error& why)
{
    trouble_ = why.text;
    transport_->close();
    in_.release();
    ++failures_;
    pause_ends_ = now() + backoff_.next(chance_());
    if (options_.attempts_max != 0 && failures_ >= options_.attempts_max) traffic_.unreachable(why);
}

awaitable<void> Link::pause()
{
    while (!stopped_ && now() < pause_ends_) {
        remind(pause_ends_);
        co_await bell_.wait();
    }
}

// Connects and greets, within the time there is for it.
awaitable<std::optional<Error>> Link::open()
{
    const auto limit = options_.connect_timeout;
    attempt_ends_ = limit == limit.zero() ? never : now() + limit;
    remind(attempt_ends_);
    const error_code error = co_await transport_->open(options_.address);
    std::optional<Error> refused;
    if (closed() || error) {
        refused = Error{Errc::unreachable, "cannot connect to " + options_.address.text() + ": " +
                                               (ended_.empty() ? error.message() : ended_)};
    } else {
        refused = co_await greet();
    }
    attempt_ends_ = never;
    co_return refused;
}

awaitable<std::optional<Error>> Link::greet()
{
    in_.clear();
    drained_ = false;
    greeting_ = {};
    handshake_.emplace(options_);
    co_await exchange_greetings();
    if (handshake_->refusal()) co_return handshake_->refusal();
    if (!closed()) co_return std::nullopt;
    co_return Error{Errc::unreachable,
                    "no connection to " + options_.address.text() + ": " + ended_};
}

awaitable<void> Link::exchange_greetings()
{
    while (!handshake_->done() && !closed()) {
        protocol::Buffer& out = handshake_->outgoing();
        if (!out.empty()) {
            error_code error;
            out.consume(transport_->write_some(asio::buffer(out.data(), out.size()), error));
            if (error == asio::error::would_block)
                co_await transport_->writable();
            else if (error)
                ended_ = error.message();
            continue;
        }
        if (!read_some()) {
            if (!closed()) co_await transport_->readable();
            continue;
        }
        while (!in_.empty() && !handshake_->done() && !closed()) {
            in_.consume(greeting_.feed(in_.view()));
            if (!greeting_.error().empty()) ended_ = greeting_.error();
            if (greeting_.ready()) handshake_->take(greeting_.take());
        }
    }
}

// False if there is nothing to be read, or nothing ever again.
bool Link::read_some()
{
    if (std::exchange(drained_, false)) return false;
    const asio::mutable_buffer room(in_.room(read_bytes), in_.free_room());
    error_code error;
    const std::size_t count = transport_->read_some(room, error);
    in_.grew(count);
    drained_ = !error && count < room.size();
    if (!error) return true;
    if (error != asio::error::would_block && ended_.empty())
        ended_ = error == asio::error::eof ? "closed by the server" : error.message();
    return false;
}

awaitable<void> Link::read_on()
{
    while (!closed()) {
        if (!traffic_.hears()) {
            co_await bell_.wait();
            continue;
        }
        if (!in_.empty()) {
            const std::string_view wrong = traffic_.received(in_);
            if (!wrong.empty() && ended_.empty()) ended_ = wrong;
            flush();
            continue;
        }
        if (!read_some() && !closed()) co_await transport_->readable();
    }
}

void Link::flush()
{
    if (!up_ || writing_ || closed()) return;
    write_some();
    if (traffic_.outgoing().empty() || closed()) return;
    const Self self = self_.lock();
    if (!self) return;
    writing_ = true;
    try {
        tasks_.spawn(self, "write", write_rest());
    } catch (const std::bad_alloc&) {
        // Nobody would write the rest, and nobody would know.
        writing_ = false;
        drop(no_memory);
    }
}

void Link::write_some()
{
    while (!traffic_.outgoing().empty()) {
        const std::string_view bytes = traffic_.outgoing();
        error_code error;
        const std::size_t count =
            transport_->write_some(asio::buffer(bytes.data(), bytes.size()), error);
        traffic_.wrote(count);
        if (error == asio::error::would_block) return;
        if (error) return drop(error);
    }
}

awaitable<void> Link::write_rest()
{
    while (up_ && !traffic_.outgoing().empty()) {
        co_await transport_->writable();
        if (up_) write_some();
    }
    writing_ = false;
}

void Link::remind(TimePoint when)
{
    if (when >= alarm_set_ || stopped_) return;
    alarm_set_ = when;
    alarm_->set(when);
}

// This task alone is at all times held by the io_context. If it goes with that, before its end or
// even its beginning, the others and all who wait are to go, too; they would keep each other. If it
// goes while that runs, it has failed, and Tasks tells.
Link::Watching::~Watching()
{
    if (link == nullptr || !link->watched_ || link->executor_.running_in_this_thread()) return;
    link->traffic_.abandon();
    link->bell_.abandon();
}

awaitable<void> Link::watch(Watching watching)
{
    co_await watch_until_stopped();
    watching.link = nullptr;
}

awaitable<void> Link::watch_until_stopped()
{
    while (!stopped_) {
        co_await alarm_->rung();
        if (stopped_ || now() < alarm_set_) continue;
        alarm_set_ = never;
        alarm_->set(never);
        if (now() >= attempt_ends_) {
            attempt_ends_ = never;
            drop("timed out");
        }
        remind(std::min(attempt_ends_, traffic_.on_time(now())));
        wake();
    }
}

}  // namespace mini_redis::client
