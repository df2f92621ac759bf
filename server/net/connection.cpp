// The path of a request: read, parse, serve.
#include "server/net/connection.hpp"

#include "server/net/worker.hpp"
#include "server/runtime/alarm.hpp"

#include <new>
#include <optional>

namespace mini_redis::net {
namespace asio = runtime::asio;
using dispatch::Wait;
using observability::SpanKind;
using observability::Trace;
using runtime::awaitable;
using runtime::error_code;

namespace {

constexpr std::size_t requests_max = 64;    // parsed ahead of the first that runs
constexpr std::uint8_t full_reads_max = 4;  // before the others have their turn

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
    end_unseen_ = false;
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
    if (worker_.counts().tracer.on()) trace_heard(count);
}

// A batch that has been chosen is traced until it has been answered and taken, or until more is
// heard behind it. To lack the memory for it is no fault.
void Connection::trace_heard(std::size_t count)
{
    observability::Tracer& tracer = worker_.counts().tracer;
    const auto one_in = static_cast<std::uint64_t>(worker_.services().config.tracing_one_in.get());
    const bool begins = parser_.idle();
    if (begins) session_.trace.reset();
    if (begins && tracer.chooses(one_in))
        session_.trace.reset(new (std::nothrow) Trace(tracer, SpanKind::batch, "batch", session_.id,
                                                      tracer.connection(session_.id)));
    if (!session_.trace) return;
    session_.traced = true;
    session_.trace->heard(count);
}

// Replies go behind what is still owed; if nothing is, into memory that all connections share.
void Connection::serve_arrived()
{
    protocol::Buffer& out = outbox_.empty() ? worker_.scratch() : outbox_.own();
    replies_ = &out;
    std::optional<Trace::Step> step;
    if (session_.trace) {
        step.emplace(session_.trace->context());
        session_.trace->close();
    }
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
    if (session_.trace) trace_what_is_left();
}

// The batch ends, unless it has to wait.
void Connection::trace_what_is_left()
{
    Trace& trace = *session_.trace;
    if (trace.is_open()) return;
    if (held_)
        trace.open(SpanKind::wait, "wait for the end of a pause");
    else if (writing_)
        trace.open(SpanKind::wait, "wait until the client reads");
    else if (!parser_.idle())
        trace.open(SpanKind::wait, "wait for the rest of a request");
    else
        session_.trace.reset();
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

// For what ends without telling: a pause, and a thread that is behind with its mail.
awaitable<void> Connection::wait_a_little()
{
    runtime::Alarm alarm(worker_.thread().executor(), worker_.services().time);
    co_await alarm.wait_for(std::chrono::milliseconds(10));
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
