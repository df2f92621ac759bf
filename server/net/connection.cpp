// The path of a request: read, parse, serve, write.
#include "server/net/connection.hpp"

#include "server/net/worker.hpp"

namespace mini_redis::net {
namespace asio = runtime::asio;
using runtime::awaitable;
using runtime::error_code;
using runtime::use_tuple;

namespace {

constexpr std::size_t requests_max = 64;          // parsed ahead of the first that runs
constexpr std::size_t scratch_flush = 64 * 1024;  // written out before the next batch
constexpr std::size_t scratch_kept = 1024 * 1024;

}  // namespace

Connection::Connection(Worker& worker, runtime::Socket socket, std::uint64_t id)
    : worker_(worker),
      socket_(std::move(socket)),
      session_(id, *this),
      readable_(socket_),
      written_(worker.thread().executor())
{
    session_.object_bytes = sizeof *this;
}

Connection::~Connection() = default;

awaitable<void> Connection::read_requests()
{
    while (!leaving_) {
        if (deaf_) co_return hear_the_rest();
        const asio::mutable_buffer room = inbox_.room();
        error_code error;
        const std::size_t count = socket_.read_some(room, error);
        if (error == asio::error::would_block) {
            end_unseen_ = false;
            co_await readable_.wait();
            continue;
        }
        if (error) {
            ended_ = error == asio::error::eof;
            broken_ = broken_ || !ended_;
            co_return;
        }
        heard(count);

        // Book: pipelining/serve-what-arrived. Serve all that has arrived before waiting for more.
        serve_arrived();
        while (held_ && !leaving_ && !deaf_) {
            co_await wait_while_paused();
            if (hung_up()) co_return;
            serve_arrived();
        }
        end_unseen_ = true;
        if (count < room.size() && !leaving_ && !deaf_) co_await readable_.wait();
    }
}

// What has reached this machine is still answered; what comes later is not heard.
void Connection::hear_the_rest()
{
    error_code error;
    for (std::size_t left = socket_.available(error); left != 0 && !leaving_ && !held_;) {
        const std::size_t count = socket_.read_some(asio::buffer(inbox_.room(), left), error);
        if (error) return;
        left -= count;
        heard(count);
        serve_arrived();
    }
}

void Connection::heard(std::size_t count)
{
    inbox_.received(count);
    worker_.counts().statistics.bytes_in.add(count);
    worker_.counts().statistics.reads.add();
}

void Connection::serve_arrived()
{
    protocol::Buffer& out = reply_buffer();
    try {
        protocol::Writer reply(out, session_.dialect);
        parse_and_serve(reply);
        send(out);
    } catch (const std::exception& fault) {
        worker_.scratch().release();  // half a reply must never reach the next client
        close_now(fault.what(), observability::LogLevel::warning);
    }
    session_.waiting.store(held_ != nullptr, std::memory_order_relaxed);
    publish_sizes();
}

// Parses and serves batch after batch until nothing complete is left, or until one has to wait.
void Connection::parse_and_serve(protocol::Writer& reply)
{
    for (;;) {
        const std::unique_ptr<Parsed> held = std::move(held_);
        Parsed& parsed = held ? *held : parse();
        const Served why = serve(parsed, reply);
        if (why == Served::paused) {
            // The batch goes with the connection; if it was the worker's, that gets a new one.
            held_ = std::make_unique<Parsed>(std::move(parsed));
            return;
        }
        inbox_.consume(parsed.progress.consumed);
        if (why == Served::closing) return leave();
        if (!parsed.progress.error.empty()) {
            reply.error("ERR " + std::string(parsed.progress.error));
            return leave();
        }
        if (!parsed.progress.full) break;
        if (reply.buffer().size() > scratch_flush) send(reply.buffer());
    }
    if (!parser_.idle()) {
        session_.last_used_ms.store(worker_.now_ms(), std::memory_order_relaxed);
        if (asks_too_much())
            close_now("its unfinished request is longer than client-query-buffer-limit",
                      observability::LogLevel::warning);
    }
}

// Who is not logged in may be after the next request, and then more is allowed.
Parsed& Connection::parse()
{
    const config::Config& config = worker_.services().config;
    const bool authenticated = session_.authenticated.load(std::memory_order_relaxed);
    const protocol::Limits limits{
        .bulk_bytes_max = static_cast<std::int64_t>(config.proto_max_bulk_len.get()),
        .authenticated = authenticated};
    Parsed& parsed = worker_.parsed();
    parsed.batch.clear();
    parsed.next = 0;
    parsed.progress =
        parser_.parse(inbox_.unconsumed(), limits, authenticated ? requests_max : 1, parsed.batch);
    return parsed;
}

// Serves until all is answered, one has to wait, or the connection is to be closed. Replies that
// have grown large are sent before more are made.
Connection::Served Connection::serve(Parsed& parsed, protocol::Writer& reply)
{
    for (;;) {
        if (owes_too_much()) {
            close_debtor();
            return Served::closing;
        }
        const auto [why, next] =
            worker_.dispatcher().serve(session_, parsed.batch, parsed.next, reply);
        parsed.next = next;
        if (why != Served::enough) return why;
        send(reply.buffer());
        if (leaving_) return Served::closing;
    }
}

// Replies go behind what is still owed; if nothing is, into memory that all connections share.
protocol::Buffer& Connection::reply_buffer()
{
    return outbox_.empty() ? worker_.scratch() : outbox_;
}

// Book: deep-dive/write. Try the write at once; wait only for what the kernel did not take.
void Connection::send(protocol::Buffer& bytes)
{
    if (!bytes.empty() && !writing_ && !broken_) write_some_of(bytes);
    if (broken_) {
        bytes.clear();
        return close_now("it does not take what is sent");
    }
    if (bytes.empty()) {
        if (bytes.capacity() > scratch_kept) bytes.release();
        return;
    }
    if (&bytes != &outbox_) {
        if (outbox_.empty() && bytes.size() > scratch_flush)
            outbox_.swap(bytes);
        else
            outbox_.append(bytes.view());
        bytes.clear();
    }
    start_writer();
}

void Connection::write_some_of(protocol::Buffer& bytes)
{
    error_code error;
    const std::size_t count = socket_.write_some(asio::buffer(bytes.data(), bytes.size()), error);
    bytes.consume(count);
    worker_.counts().statistics.bytes_out.add(count);
    worker_.counts().statistics.writes.add();
    broken_ = error && error != asio::error::would_block;
}

void Connection::start_writer()
{
    if (writing_) return;
    writing_ = true;
    worker_.tasks().spawn("write outbox", write_outbox(shared_from_this()));
}

// Book: deep-dive/wait-then-write. Nothing is in flight while it waits, so nothing can be lost.
awaitable<void> Connection::write_outbox([[maybe_unused]] Self self)
{
    try {
        while (!outbox_.empty() && !broken_) {
            const auto [error] =
                co_await socket_.async_wait(asio::socket_base::wait_write, use_tuple);
            if (error && error != asio::error::operation_aborted) broken_ = true;
            if (error || broken_) continue;
            const std::size_t before = outbox_.size();
            write_some_of(outbox_);
            if (outbox_.size() != before) {
                session_.last_used_ms = worker_.now_ms();
                postpone_deadline();
            }
        }
    } catch (const std::exception&) {
        broken_ = true;
    }
    if (broken_) close_now("it does not take what is sent");
    if (outbox_.empty()) outbox_.release();
    writing_ = false;
    publish_sizes();
    written_.notify();
}

awaitable<void> Connection::wait_while_paused()
{
    runtime::Timer timer(worker_.thread().executor());
    timer.expires_after(std::chrono::milliseconds(10));
    co_await timer.async_wait(use_tuple);
}

void Connection::push(std::shared_ptr<const std::string> bytes)
{
    worker_.thread().post(
        [self = shared_from_this(), bytes = std::move(bytes)] { self->deliver(*bytes); });
}

void Connection::deliver(std::string_view bytes)
{
    if (leaving_) return;
    if (owes_too_much()) return close_debtor();
    protocol::Buffer& out = reply_buffer();
    out.append(bytes);
    send(out);
    publish_sizes();
}

void Connection::publish_sizes()
{
    const auto relaxed = std::memory_order_relaxed;
    session_.query_bytes.store(static_cast<std::uint32_t>(inbox_.unconsumed().size()), relaxed);
    session_.query_room.store(static_cast<std::uint32_t>(inbox_.free()), relaxed);
    session_.output_bytes.store(outbox_.capacity(), relaxed);
}

}  // namespace mini_redis::net
