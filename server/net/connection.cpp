// The path of a request: read, parse, serve, write.
#include "server/net/connection.hpp"

#include "server/net/worker.hpp"
#include "server/runtime/alarm.hpp"
#include "server/runtime/child.hpp"

#include <array>

namespace mini_redis::net {
namespace asio = runtime::asio;
using dispatch::Wait;
using runtime::awaitable;
using runtime::error_code;

namespace {

constexpr std::size_t requests_max = 64;          // parsed ahead of the first that runs
constexpr std::uint8_t full_reads_max = 4;        // before the others have their turn
constexpr std::size_t scratch_flush = 64 * 1024;  // written out before the next batch
constexpr std::size_t scratch_kept = 1024 * 1024;
constexpr std::size_t pieces_max = 64;  // gathered by one write
// A shorter message is copied to each subscriber: that costs less than to keep account of it.
constexpr std::size_t shared_from = 1024;

}  // namespace

Connection::Connection(Worker& worker, std::unique_ptr<Transport> transport, std::uint64_t id)
    : worker_(worker),
      transport_(std::move(transport)),
      session_(id, *this),
      written_(worker.thread().executor())
{
}

Connection::~Connection() = default;

awaitable<void> Connection::read_requests()
{
    while (!leaving_ && !ended_ && !broken_) {
        bool more = true;
        if (waits_for_key()) {
            more = serve_answered();
        } else if (has_to_wait()) {
            co_await wait_a_little();
            serve_held();
        } else if (deaf()) {
            hear_the_rest();
            if (!has_to_wait()) co_return;
        } else {
            more = hear_and_serve();
        }
        // Here alone: each place to wait has its room in the frame, which every idle client keeps.
        if (!more) co_await transport_->readable();
    }
}

// What a pause holds back is waited for until a shutdown loses its patience. Who could publish
// waits for a thread that is behind with its mail; who says nothing more need not.
bool Connection::has_to_wait() const
{
    if (held_) return worker_.phase() < runtime::Phase::flushing;
    return !deaf() && worker_.services().hub.behind();
}

// What its last request waits for is nothing to a client that has gone, nor to one that is not
// heard any more. If the answer has come before, that client gets it, and what it asked behind it,
// too.
bool Connection::still_waits()
{
    Wait& wait = *held_->wait;
    const bool gone = transport_->hung_up();
    if ((gone || deaf()) && worker_.services().waits.end(wait, Wait::End::left)) ended_ = gone;
    return wait.end() == Wait::End::none;
}

// Whether there may be more to do at once: what it has waited for has come, or will not.
bool Connection::serve_answered()
{
    if (still_waits()) return false;
    if (held_->wait->end() == Wait::End::left)
        leave();
    else
        serve_arrived();
    return true;
}

void Connection::wait_no_longer()
{
    worker_.services().waits.end(*held_->wait, Wait::End::timed_out);
}

void Connection::resume() noexcept
try {
    worker_.thread().post([self = shared_from_this()] { self->transport_->wake(); });
} catch (const std::exception&) {
    // The worker finds it when it looks after its connections.
}

// Whether it hears nothing more, but for what has arrived.
bool Connection::deaf() const
{
    return worker_.phase() >= runtime::Phase::not_reading;
}

// Whether it is to go on at once, because there may be more to read.
bool Connection::hear_and_serve()
{
    const asio::mutable_buffer room = inbox_.room();
    error_code error;
    const std::size_t count = transport_->read_some(room, error);
    end_unseen_ = !error;
    if (error == asio::error::would_block) return false;
    if (error) {
        ended_ = error == asio::error::eof;
        broken_ = broken_ || !ended_;
        return true;
    }
    heard(count);

    // Book: pipelining/serve-what-arrived. Serve all that has arrived before waiting for more.
    serve_arrived();
    return held_ || leaving_ || deaf() || (count == room.size() && !turn_is_over());
}

// Whether the others are to come first, though there may be more.
// Book: blocking/turns. Who sends faster than it is served is woken behind the others.
bool Connection::turn_is_over()
{
    if (++full_reads_ < full_reads_max) return false;
    full_reads_ = 0;
    resume();
    return true;
}

// As in Redis, what a pause holds back is not run for a client that has gone.
void Connection::serve_held()
{
    if (!held_ || leaving_) return;
    ended_ = transport_->hung_up();
    if (!ended_) serve_arrived();
}

// What has reached this machine is still answered; what comes later is not heard.
void Connection::hear_the_rest()
{
    error_code error;
    for (std::size_t left = transport_->arrived(); left != 0 && !leaving_ && !held_;) {
        const std::size_t count = transport_->read_some(asio::buffer(inbox_.room(), left), error);
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

// Replies go behind what is still owed; if nothing is, into memory that all connections share.
void Connection::serve_arrived()
{
    protocol::Buffer& out = outbox_.empty() ? worker_.scratch() : outbox_.own();
    replies_ = &out;
    try {
        protocol::Writer reply(out, session_.dialect);
        parse_and_serve(reply);
        send(out);
    } catch (const std::exception& fault) {
        worker_.scratch().release();  // half a reply must never reach the next client
        close_now(fault.what(), observability::LogLevel::warning);
    }
    replies_ = nullptr;
    if (!waits_for_key()) session_.waiting.store(held_ != nullptr, std::memory_order_relaxed);
    publish_sizes();
}

// Parses and serves batch after batch until nothing complete is left, or until one has to wait.
// What was held goes on with the answer that it waited for.
void Connection::parse_and_serve(protocol::Writer& reply)
{
    for (;;) {
        const std::unique_ptr<Held> held = std::move(held_);
        if (held && held->wait) held->wait->reply(reply);
        Parsed& parsed = held ? held->parsed : parse();
        const Served why = serve(parsed, reply);
        if (why == Served::paused || why == Served::waiting) return;
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
        if (session_.killed) return Served::closing;
        if (owes_too_much()) {
            close_debtor();
            return Served::closing;
        }
        auto [why, next, wait] =
            worker_.dispatcher().serve(session_, parsed.batch, parsed.next, reply);
        parsed.next = next;
        if (why == Served::paused || why == Served::waiting) hold(parsed, std::move(wait));
        if (why != Served::enough) return why;
        send(reply.buffer());
        if (leaving_) return Served::closing;
    }
}

// The batch goes with the connection; if it was the worker's, that gets a new one.
void Connection::hold(Parsed& parsed, std::shared_ptr<dispatch::Wait> wait)
{
    held_ = std::make_unique<Held>(std::move(parsed), *this);
    held_->wait = std::move(wait);
    if (held_->wait && held_->wait->timeout_ms() != 0)
        worker_.call_after(held_->timeout, held_->wait->timeout_ms());
}

// Book: deep-dive/write. Try the write at once; wait only for what the kernel did not take.
void Connection::send(protocol::Buffer& bytes)
{
    if (&bytes == &outbox_.own()) return flush();
    if (!bytes.empty() && outbox_.empty() && !broken_) {
        const std::array piece{asio::const_buffer(bytes.data(), bytes.size())};
        bytes.consume(write_some(piece));
    }
    if (bytes.size() > scratch_flush && outbox_.empty())
        outbox_.own().swap(bytes);
    else
        outbox_.own().append(bytes.view());
    bytes.clear();
    if (bytes.capacity() > scratch_kept) bytes.release();
    if (broken_ || !outbox_.empty()) flush();
}

void Connection::flush() noexcept
try {
    if (!outbox_.empty() && !writing_ && !broken_) write_some_of_outbox();
    if (broken_) return close_now("it does not take what is sent");
    if (!outbox_.empty()) start_writer();
} catch (const std::exception& fault) {
    close_now(fault.what(), observability::LogLevel::warning);
}

std::size_t Connection::write_some(Transport::Pieces pieces)
{
    error_code error;
    const std::size_t count = transport_->write_some(pieces, error);
    worker_.counts().statistics.bytes_out.add(count);
    worker_.counts().statistics.writes.add();
    broken_ = error && error != asio::error::would_block;
    return count;
}

void Connection::write_some_of_outbox()
{
    std::array<asio::const_buffer, pieces_max> room;
    outbox_.consume(write_some(outbox_.front(room)));
}

void Connection::start_writer()
{
    if (writing_) return;
    writing_ = true;
    try {
        worker_.tasks().spawn("write outbox", write_outbox(shared_from_this()), session_.id);
    } catch (...) {
        writing_ = false;  // or the reader would wait for it for ever
        throw;
    }
}

void Connection::written()
{
    writing_ = false;
    publish_sizes();
    written_.notify();
}

// Book: deep-dive/wait-then-write. Nothing is in flight while it waits, so nothing can be lost.
awaitable<void> Connection::write_outbox([[maybe_unused]] Self self)
{
    const Ending ending{*this};
    try {
        while (!outbox_.empty() && !broken_) {
            co_await transport_->writable();
            const std::size_t before = outbox_.size();
            if (!broken_) write_some_of_outbox();
            if (outbox_.size() == before) continue;
            session_.last_used_ms = worker_.now_ms();
            postpone_deadline();
        }
    } catch (const std::exception& fault) {  // it lacks the memory to wait
        if (runtime::is_cancellation(std::current_exception())) throw;
        close_now(fault.what(), observability::LogLevel::warning);
    }
    if (broken_) close_now("it does not take what is sent");
    if (outbox_.empty()) outbox_.release();
}

// For what ends without telling: a pause, and a thread that is behind with its mail.
awaitable<void> Connection::wait_a_little()
{
    runtime::Alarm alarm(worker_.thread().executor(), worker_.services().time);
    co_await alarm.wait_for(std::chrono::milliseconds(10));
}

void Connection::push(std::shared_ptr<const std::string> bytes)
{
    worker_.thread().post(
        [self = shared_from_this(), bytes = std::move(bytes)] { self->owe(*bytes); });
}

void Connection::owe(std::string_view bytes)
{
    if (!may_owe_more()) return;
    outbox_.own().append(bytes);
    worker_.flush_soon(*this);
}

void Connection::take(std::string_view head, const pubsub::SharedMessage& message) noexcept
try {
    if (!may_owe_more()) return;
    protocol::Buffer& own = replies_ ? *replies_ : outbox_.own();
    const std::size_t began = own.size();
    own.append(head);
    if (session_.dialect == protocol::Dialect::resp3) own.data()[began] = protocol::type::push;
    if (replies_ || message->body().size() < shared_from)
        own.append(message->body());
    else
        outbox_.share(Outbox::Text(message, &message->body()));
    if (!replies_) worker_.flush_soon(*this);
} catch (const std::exception& fault) {
    close_now(fault.what(), observability::LogLevel::warning);
}

// If not, nothing more will be sent: there is never a gap in what a client is sent.
bool Connection::may_owe_more()
{
    if (leaving_ || session_.killed) return false;
    if (!owes_too_much()) return true;
    close_debtor();
    return false;
}

std::string_view Connection::doing() const
{
    if (deaf()) return "shutting down";
    if (leaving_ || ended_) return "leaving";
    if (writing_) return "slow to read";
    if (waits_for_key()) return "waiting for a key";
    if (held_) return "held back by a pause";
    if (session_.monitor) return "monitoring";
    return session_.listens() ? "subscribed" : "reading";
}

void Connection::publish_sizes()
{
    const auto relaxed = std::memory_order_relaxed;
    session_.query_bytes.store(static_cast<std::uint32_t>(inbox_.unconsumed().size()), relaxed);
    session_.query_room.store(static_cast<std::uint32_t>(inbox_.free()), relaxed);
    session_.output_bytes.store(outbox_.capacity(), relaxed);
}

}  // namespace mini_redis::net
