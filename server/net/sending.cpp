// What a client is owed, and how it gets it: replies, and what is published.
#include "server/net/connection.hpp"
#include "server/net/worker.hpp"
#include "server/runtime/child.hpp"

#include <array>

namespace mini_redis::net {
namespace asio = runtime::asio;
using observability::SpanKind;
using runtime::awaitable;
using runtime::error_code;

namespace {

constexpr std::size_t scratch_kept = 1024 * 1024;
constexpr std::size_t pieces_max = 64;  // gathered by one write
// A shorter message is copied to each subscriber: that costs less than to keep account of it.
constexpr std::size_t shared_from = 1024;

}  // namespace

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
    const std::int64_t began_ns = session_.trace ? session_.trace->now_ns() : 0;
    const std::size_t count = transport_->write_some(pieces, error);
    if (session_.trace) {
        session_.trace->add(SpanKind::write, "write", began_ns);
        session_.trace->sent(count);
    }
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
    if (session_.trace && !held_) {
        session_.trace->close();
        trace_what_is_left();
    }
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

}  // namespace mini_redis::net
