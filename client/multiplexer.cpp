// Taking in, giving up, answering, and what becomes of everybody when the connection is lost.
#include "client/multiplexer.hpp"

#include <algorithm>
#include <cstring>
#include <new>
#include <utility>

namespace mini_redis::client {
namespace {

constexpr std::size_t outgoing_kept = 1 << 20;

// What it has no memory for is the caller's loss, and nobody else's.
template <class Reply>
void deliver(Waiter& waiter, Reply&& reply)
{
    try {
        waiter.receive(std::forward<Reply>(reply));
    } catch (const std::bad_alloc&) {
        waiter.fail({Errc::no_memory, no_memory});
    }
}

}  // namespace

void Multiplexer::add(Waiter& waiter, const Request& request)
{
    waiter.replies = request.replies();
    if (!line_.empty() || outgoing_.size() >= bounds_.queue_bytes_max) {
        protocol::Buffer bytes;
        request.encode(bytes);
        waiter.kept = bytes.view();
        waiter.state = Waiter::State::blocked;
        line_.push(waiter);
    } else {
        encode(waiter, request);
    }
    ++waiting_;
}

void Multiplexer::encode(Waiter& waiter, const Request& request)
{
    const std::size_t before = outgoing_.size();
    const std::size_t count = entries_.size();
    try {
        entries_.push_back({&waiter, appended_, waiter.replies});
        request.encode(outgoing_);
        if (waiter.idempotent) waiter.kept = outgoing_.view().substr(before);
    } catch (...) {
        entries_.shrink(count);
        outgoing_.truncate(before);
        throw;
    }
    waiter.number = first_number_ + count;
    waiter.state = Waiter::State::queued;
    appended_ += outgoing_.size() - before;
}

void Multiplexer::enqueue(Waiter& waiter, std::string_view encoded)
{
    outgoing_.room(encoded.size());  // so that after the entry nothing can fail
    entries_.push_back({&waiter, appended_, waiter.replies});
    outgoing_.append(encoded);
    waiter.number = first_number_ + entries_.size() - 1;
    waiter.state = Waiter::State::queued;
    appended_ += encoded.size();
}

// Those in line come in when half of the queue is free again, several at a time: whenever it may
// be, for when all that was in it has gone nothing is written that would let them in.
void Multiplexer::admit()
{
    if (line_.empty() || outgoing_.size() > bounds_.queue_bytes_max / 2) return;
    while (!line_.empty() && outgoing_.size() < bounds_.queue_bytes_max) {
        Waiter& waiter = *line_.first();
        try {
            enqueue(waiter, waiter.kept);
            line_.pop();
            if (!waiter.idempotent) waiter.kept = {};
        } catch (const std::bad_alloc&) {
            // To leave it in line might be for ever: nothing may be written after this.
            line_.pop();
            give_up(waiter, {Errc::no_memory, no_memory});
        }
    }
}

bool Multiplexer::written(const Waiter& waiter)
{
    return waiter.state == Waiter::State::queued &&
           entries_[waiter.number - first_number_].begin < written_;
}

bool Multiplexer::withdraw(Waiter& waiter, Error why)
{
    if (waiter.state == Waiter::State::settled) return false;
    const bool was_written = written(waiter);
    if (waiter.state == Waiter::State::blocked) line_.remove(waiter);
    const bool was_queued = waiter.state == Waiter::State::queued;
    give_up(waiter, std::move(why));
    if (was_queued && !was_written) compact();
    admit();
    return true;
}

// Its entry, if it has one, is left without it.
void Multiplexer::give_up(Waiter& waiter, Error why)
{
    if (waiter.state == Waiter::State::queued)
        entries_[waiter.number - first_number_].waiter = nullptr;
    waiter.fail(std::move(why));
    settle(waiter);
    --waiting_;
}

void Multiplexer::abandon()
{
    for (std::size_t i = 0; i != entries_.size(); ++i)
        if (Waiter* const waiter = std::exchange(entries_[i].waiter, nullptr)) waiter->abandon();
    while (Waiter* const waiter = line_.pop()) waiter->abandon();
    while (Waiter* const waiter = settled_.pop()) waiter->abandon();
    waiting_ = 0;
}

void Multiplexer::settle(Waiter& waiter)
{
    waiter.state = Waiter::State::settled;
    settled_.push(waiter);
}

void Multiplexer::finish_settled()
{
    while (Waiter* const waiter = settled_.pop()) finish(*waiter);
}

void Multiplexer::finish(Waiter& waiter)
{
    try {
        waiter.finish();
    } catch (...) {
        if (!fault_) fault_ = std::current_exception();
    }
}

void Multiplexer::wrote(std::size_t bytes)
{
    outgoing_.consume(bytes);
    written_ += bytes;
    if (outgoing_.empty() && outgoing_.capacity() > outgoing_kept) outgoing_.release();
    admit();
}

std::size_t Multiplexer::first_unwritten()
{
    std::size_t i = entries_.size();
    while (i != 0 && entries_[i - 1].begin >= written_) --i;
    return i;
}

std::uint64_t Multiplexer::end_of(std::size_t i)
{
    return i + 1 < entries_.size() ? entries_[i + 1].begin : appended_;
}

// Takes out, of what is not written, the bytes and the entries of those who have given up.
void Multiplexer::compact()
{
    std::size_t kept = first_unwritten();
    if (kept == entries_.size()) return;
    std::uint64_t to = entries_[kept].begin;
    for (std::size_t i = kept; i != entries_.size(); ++i) {
        const Entry entry = entries_[i];
        if (entry.waiter == nullptr) continue;
        const std::uint64_t bytes = end_of(i) - entry.begin;
        std::memmove(outgoing_.data() + (to - written_),
                     outgoing_.data() + (entry.begin - written_), bytes);
        entries_[kept] = {entry.waiter, to, entry.replies};
        entry.waiter->number = first_number_ + kept;
        ++kept;
        to += bytes;
    }
    entries_.shrink(kept);
    outgoing_.truncate(to - written_);
    appended_ = to;
}

std::string_view Multiplexer::receive(protocol::Buffer& in)
{
    constexpr std::string_view unasked = "a reply that nobody asked for";
    while (!in.empty()) {
        if (!half_received_) {
            if (const auto scalar = scan(in.view())) {
                // What was consumed stays where it is until there is room to be made.
                in.consume(scalar->length);
                if (!answer(*scalar)) return unasked;
                continue;
            }
        }
        in.consume(parser_.feed(in.view()));
        if (!parser_.error().empty()) return parser_.error();
        half_received_ = !parser_.ready();
        if (half_received_) continue;
        protocol::Value reply = parser_.take();
        if (reply.kind == protocol::Value::Kind::push) {
            push(std::move(reply));
        } else if (!answer(std::move(reply))) {
            return unasked;
        }
    }
    return {};
}

void Multiplexer::push(protocol::Value&& message)
{
    if (!on_push_) return;
    try {
        on_push_(std::move(message));
    } catch (...) {
        if (!fault_) fault_ = std::current_exception();
    }
}

// False if nobody asked: nothing was written that is not answered yet.
template <class Reply>
bool Multiplexer::answer(Reply&& reply)
{
    if (entries_.empty() || entries_.front().begin >= written_) return false;
    Entry& entry = entries_.front();
    Waiter* const waiter = entry.waiter;
    if (waiter != nullptr) deliver(*waiter, std::forward<Reply>(reply));
    if (--entry.replies != 0) return true;
    entries_.pop_front();
    ++first_number_;
    if (waiter == nullptr) return true;
    waiter->state = Waiter::State::settled;
    --waiting_;
    finish(*waiter);
    return true;
}

bool Multiplexer::may_retry(const Waiter& waiter) const
{
    return waiter.idempotent && waiter.retries < bounds_.retries_max;
}

void Multiplexer::lost(std::string_view why)
{
    protocol::Buffer old;
    old.swap(outgoing_);
    const std::uint64_t old_written = std::exchange(written_, 0);
    const std::uint64_t old_end = std::exchange(appended_, 0);
    Ring<Entry> entries = std::exchange(entries_, {});
    first_number_ += entries.size();
    parser_ = {};
    half_received_ = false;
    for (std::size_t i = 0; i != entries.size(); ++i) {
        Waiter* const waiter = entries[i].waiter;
        const std::uint64_t begin = entries[i].begin;
        if (waiter == nullptr) continue;
        const std::uint64_t end = i + 1 < entries.size() ? entries[i + 1].begin : old_end;
        const auto fail = [&](Error error) {
            waiter->state = Waiter::State::idle;
            give_up(*waiter, std::move(error));
        };
        try {
            if (begin >= old_written) {
                enqueue(*waiter, old.view().substr(begin - old_written, end - begin));
            } else if (may_retry(*waiter)) {
                ++waiter->retries;
                waiter->restart();
                enqueue(*waiter, waiter->kept);
            } else {
                std::string text = "connection lost; the request may have been executed (";
                fail({Errc::connection_lost, text.append(why).append(")")});
            }
        } catch (const std::bad_alloc&) {
            fail({Errc::no_memory, no_memory});
        }
    }
    admit();
}

void Multiplexer::fail_all(const Error& why, const Error& sent_before)
{
    for (std::size_t i = 0; i != entries_.size(); ++i)
        if (Waiter* const waiter = entries_[i].waiter)
            give_up(*waiter, may_be_executed(*waiter) ? sent_before : why);
    while (Waiter* const waiter = line_.pop()) give_up(*waiter, why);
    first_number_ += entries_.size();
    entries_.shrink(0);
    outgoing_.clear();
    appended_ = written_ = 0;
}

TimePoint Multiplexer::expire(TimePoint now)
{
    TimePoint next = never;
    const auto late = [&](const Waiter& waiter) {
        if (waiter.deadline > now) next = std::min(next, waiter.deadline);
        return waiter.deadline <= now;
    };
    bool some = false;
    for (std::size_t i = 0; i != entries_.size(); ++i) {
        Waiter* const waiter = entries_[i].waiter;
        if (waiter == nullptr || !late(*waiter)) continue;
        const bool sent = entries_[i].begin < written_;
        const bool perhaps = may_be_executed(*waiter);
        give_up(*waiter, {Errc::timed_out, perhaps ? "timed out; the request may have been executed"
                                                   : "timed out; the request was not sent"});
        some = some || !sent;
    }
    if (some) compact();
    for (Waiter* at = line_.first(); at != nullptr;) {
        Waiter& waiter = *std::exchange(at, at->next);
        if (!late(waiter)) continue;
        line_.remove(waiter);
        give_up(waiter, {Errc::timed_out, "timed out; the request was not sent"});
    }
    admit();
    return next;
}

}  // namespace mini_redis::client
