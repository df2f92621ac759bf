// The path of a request, and the ways a connection ends.
#include "server/net/connection.hpp"

#include <sys/socket.h>

#include "server/net/worker.hpp"
#include "server/observability/log.hpp"

namespace mini_redis::net {
namespace asio = runtime::asio;
using runtime::awaitable;
using runtime::error_code;
using runtime::use_tuple;

namespace {

constexpr std::size_t requests_max = 64;          // parsed ahead of the first that runs
constexpr std::size_t scratch_flush = 64 * 1024;  // written out before the next batch
constexpr std::int64_t goodbye_ms = 2'000;        // to read our last words and hang up
constexpr std::int64_t quiet_ms = 2'000;          // until spare memory is given back

}  // namespace

Connection::Connection(Worker& worker, runtime::Socket socket, std::uint64_t id)
    : worker_(worker),
      socket_(std::move(socket)),
      session_(id, *this),
      written_(worker.thread().executor())
{
}

Connection::~Connection() = default;

// Book: deep-dive/connection. A connection is one task; it becomes two while the kernel is slower.
awaitable<void> Connection::run(std::shared_ptr<Connection> self)
{
    co_await read_requests();
    co_await say_goodbye();
    worker_.leave(*this);
    self.reset();
}

awaitable<void> Connection::read_requests()
{
    while (!leaving_) {
        const auto [error, count] = co_await socket_.async_read_some(inbox_.room(), use_tuple);
        if (error == asio::error::operation_aborted && socket_.is_open()) {
            inbox_.shrink();  // woken only for this
            continue;
        }
        if (error) {
            broken_ = error != asio::error::eof;
            co_return;
        }
        inbox_.received(count);
        worker_.counts().statistics.bytes_in.add(count);
        worker_.counts().statistics.reads.add();

        // Book: pipelining/serve-what-arrived. Serve all that has arrived before reading again.
        serve_arrived();
        while (held_ && !leaving_) {
            co_await wait_while_paused();
            serve_arrived();
        }
    }
}

void Connection::serve_arrived()
{
    protocol::Buffer& out = reply_buffer();
    protocol::Writer reply(out, session_.dialect);
    parse_and_serve(reply);
    send(out);
    publish_sizes();
}

// Parses and serves batch after batch until nothing complete is left, or until one has to wait.
void Connection::parse_and_serve(protocol::Writer& reply)
{
    for (;;) {
        if (owes_too_much()) return close_now("its output buffer is over the limit");
        protocol::RequestParser::Progress progress;
        if (held_) {
            progress = held_->progress;
            const auto held = std::move(held_);
            serve(held->batch, held->next, reply);
            if (held_) held_->progress = progress;
        } else {
            protocol::Batch& batch = worker_.batch();
            batch.clear();
            progress = parser_.parse(inbox_.unconsumed(), limits(), requests_max, batch);
            serve(batch, 0, reply);
            if (held_) held_->progress = progress;
        }
        if (held_) return;
        inbox_.consume(progress.consumed);
        if (leaving_) return;
        if (!progress.error.empty()) {
            reply.error("ERR " + std::string(progress.error));
            return leave();
        }
        if (!progress.full) return;
        if (reply.buffer().size() > scratch_flush) send(reply.buffer());
    }
}

void Connection::serve(const protocol::Batch& batch, std::size_t from, protocol::Writer& reply)
{
    const auto [why, next] = worker_.dispatcher().serve(session_, batch, from, reply);
    if (why == Served::closing) leave();
    if (why == Served::paused) {
        // The worker's batch goes with the connection, the worker gets a new one.
        held_ = std::make_unique<Held>();
        held_->batch = std::move(const_cast<protocol::Batch&>(batch));
        held_->next = next;
    }
}

protocol::Limits Connection::limits() const
{
    const config::Config& config = worker_.services().config;
    return {.bulk_bytes_max = static_cast<std::int64_t>(config.proto_max_bulk_len.get()),
            .authenticated = session_.authenticated.load(std::memory_order_relaxed)};
}

// Replies go behind what is still owed; if nothing is, into memory that all connections share.
protocol::Buffer& Connection::reply_buffer()
{
    return outbox_.empty() ? worker_.scratch() : outbox_;
}

// Book: deep-dive/write. Try the write at once; wait only for what the kernel did not take.
void Connection::send(protocol::Buffer& bytes)
{
    if (bytes.empty()) return;
    if (!writing_ && !broken_) {
        error_code error;
        const std::size_t count = socket_.write_some(asio::buffer(bytes.data(), bytes.size()), error);
        bytes.consume(count);
        worker_.counts().statistics.bytes_out.add(count);
        worker_.counts().statistics.writes.add();
        broken_ = error && error != asio::error::would_block;
    }
    if (broken_) {
        bytes.clear();
        return leave();
    }
    if (bytes.empty()) return;
    if (&bytes != &outbox_) {
        outbox_.append(bytes.view());
        bytes.clear();
    }
    start_writer();
}

void Connection::start_writer()
{
    if (writing_) return;
    writing_ = true;
    worker_.tasks().spawn("write outbox", write_outbox(shared_from_this()));
}

// Book: deep-dive/wait-then-write. Nothing is in flight while it waits, so nothing can be lost.
awaitable<void> Connection::write_outbox(std::shared_ptr<Connection> self)
{
    while (!outbox_.empty() && !broken_) {
        const auto [error] = co_await socket_.async_wait(asio::socket_base::wait_write, use_tuple);
        if (!socket_.is_open()) broken_ = true;
        if (broken_ || error) continue;
        error_code failure;
        const std::size_t count = socket_.write_some(asio::buffer(outbox_.data(), outbox_.size()), failure);
        outbox_.consume(count);
        worker_.counts().statistics.bytes_out.add(count);
        worker_.counts().statistics.writes.add();
        broken_ = failure && failure != asio::error::would_block;
    }
    if (broken_ && socket_.is_open()) close_now("it does not take what is sent");
    if (outbox_.empty()) outbox_.release();
    writing_ = false;
    publish_sizes();
    written_.notify();
    self.reset();
}

awaitable<void> Connection::wait_while_paused()
{
    runtime::Timer timer(worker_.thread().executor());
    timer.expires_after(std::chrono::milliseconds(10));
    co_await timer.async_wait(use_tuple);
}

// What is owed is sent, the end is announced, and the client's own end is waited for: closing a
// socket with unread input would make the kernel throw away what the client has not read yet.
awaitable<void> Connection::say_goodbye()
{
    leaving_ = true;
    if (deadline_ms_ == 0) deadline_ms_ = worker_.now_ms() + goodbye_ms;
    while (writing_) co_await written_.wait();
    if (!broken_ && socket_.is_open()) {
        error_code ignored;
        socket_.shutdown(asio::socket_base::shutdown_send, ignored);
        for (char rest[512];;) {
            const auto [error, count] = co_await socket_.async_read_some(asio::buffer(rest), use_tuple);
            if (error || !socket_.is_open()) break;
        }
    }
    error_code ignored;
    socket_.close(ignored);
}

void Connection::leave()
{
    leaving_ = true;
}

void Connection::close()
{
    worker_.thread().post([self = shared_from_this()] { self->close_now("it was killed"); });
}

void Connection::push(std::shared_ptr<const std::string> bytes)
{
    worker_.thread().post([self = shared_from_this(), bytes = std::move(bytes)] {
        if (self->leaving_ || !self->socket_.is_open()) return;
        protocol::Buffer& out = self->reply_buffer();
        out.append(*bytes);
        self->send(out);
        if (self->owes_too_much()) self->close_now("its output buffer is over the limit");
    });
}

void Connection::stop_reading()
{
    error_code ignored;
    socket_.shutdown(asio::socket_base::shutdown_receive, ignored);
}

void Connection::close_now(std::string_view reason)
{
    leaving_ = true;
    broken_ = true;
    if (!socket_.is_open()) return;
    observability::log_verbose("client {} ({}) is closed: {}", session_.id, session_.address, reason);
    error_code ignored;
    socket_.close(ignored);
}

void Connection::look_after(std::int64_t now_ms)
{
    if (deadline_ms_ != 0 && now_ms >= deadline_ms_) {
        if (socket_.is_open()) close_now("it did not hang up in time");
        return;
    }
    if (leaving_) return;
    const std::int64_t silent_ms = now_ms - session_.last_used_ms.load(std::memory_order_relaxed);
    const std::int64_t timeout_ms = worker_.services().config.timeout.get() * 1000;
    if (timeout_ms != 0 && silent_ms > timeout_ms && !session_.monitor) return close_now("it was idle");
    if (silent_ms > quiet_ms && inbox_.capacity() > Inbox::quiet_capacity &&
        inbox_.unconsumed().empty() && !writing_ && !held_) {
        error_code ignored;
        socket_.cancel(ignored);
    }
}

bool Connection::owes_too_much()
{
    const std::size_t owed = outbox_.size();
    if (owed == 0) {
        soft_limit_ms_ = 0;
        return false;
    }
    const auto limit = worker_.services().config.client_output_buffer_limit.get(config::ClientClass::normal);
    if (limit.hard_bytes != 0 && owed > limit.hard_bytes) {
        worker_.counts().statistics.output_limit.add();
        return true;
    }
    if (limit.soft_bytes == 0 || owed <= limit.soft_bytes) {
        soft_limit_ms_ = 0;
        return false;
    }
    if (soft_limit_ms_ == 0) soft_limit_ms_ = worker_.now_ms();
    return worker_.now_ms() - soft_limit_ms_ > limit.soft_seconds * 1000;
}

void Connection::publish_sizes()
{
    const auto relaxed = std::memory_order_relaxed;
    session_.query_bytes.store(static_cast<std::uint32_t>(inbox_.unconsumed().size()), relaxed);
    session_.query_room.store(static_cast<std::uint32_t>(inbox_.free()), relaxed);
    session_.output_bytes.store(outbox_.capacity(), relaxed);
}

}  // namespace mini_redis::net
