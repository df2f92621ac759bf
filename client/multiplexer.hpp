// Many callers on one connection: which bytes are to be sent, and whose the next reply is.
//
//              written                            not yet
//   entries    a  b  (c)  d                       e  f              replies come in this order
//   outgoing            [the rest of d][    e    ][ f ]             what the kernel takes next
//   line                                                g  h        who waits for the queue to
//   shrink
//
// It decides and does no I/O. An entry is removed by its last reply, never by its caller: who is
// cancelled or late after its request was written, were it but one byte, leaves a tombstone (c),
// whose reply is thrown away. Who gives up before is withdrawn: its bytes are taken out again. So
// a reply never reaches anybody but the one who asked for it.
#pragma once

#include "client/request.hpp"
#include "client/ring.hpp"
#include "client/waiter.hpp"
#include "protocol/buffer.hpp"
#include "protocol/reply_parser.hpp"

#include <exception>
#include <functional>
#include <string_view>

namespace mini_redis::client {

class Multiplexer {
public:
    struct Bounds {
        std::size_t queue_bytes_max;
        int retries_max;
    };
    using OnPush = std::function<void(protocol::Value&&)>;

    explicit Multiplexer(Bounds bounds) : bounds_(bounds) {}
    ~Multiplexer() { abandon(); }
    Multiplexer(const Multiplexer&) = delete;
    Multiplexer& operator=(const Multiplexer&) = delete;

    // Where messages that answer no request go; if nowhere, they are dropped.
    void on_push(OnPush sink) { on_push_ = std::move(sink); }

    // Takes a waiter in, which stays where it is until it is finished. The request is encoded at
    // once, and need not stay. Throws std::bad_alloc, and then nothing has happened.
    void add(Waiter& waiter, const Request& request);

    // Settles one that gives up. False if it was settled already.
    bool withdraw(Waiter& waiter, Error why);
    // Whether its request was ever written, were it a part of it, so that it may be executed.
    bool may_be_executed(const Waiter& waiter) { return waiter.retries != 0 || written(waiter); }

    // What is to be sent, and how much of it was taken. In between nothing refers to it. For want
    // of memory some in line may be settled.
    std::string_view outgoing() const { return outgoing_.view(); }
    void wrote(std::size_t bytes);

    // Replies as they arrive; takes all of `in`. Each waiter is finished as its reply is complete,
    // so anything may happen in there but another receive(). Returns what is wrong with the input;
    // nothing if nothing is.
    std::string_view receive(protocol::Buffer& in);

    // The connection is gone. What was written and not answered has failed, or is to be sent again
    // if it may; what was not written is kept for the next connection.
    void lost(std::string_view why);
    // Everything fails; what was sent before, and was to be sent again, with another error perhaps.
    // The connection, if there is one, must go as well.
    void fail_all(const Error& why, const Error& sent_before);
    void fail_all(const Error& why) { fail_all(why, why); }

    // Settles those whose time has come, and returns when the next one's comes.
    TimePoint expire(TimePoint now);

    // One that was never taken in, and has its result: finish_settled() finishes it, too.
    void settle(Waiter& waiter);
    // Lets go of all of them and tells nobody.
    void abandon();

    // Finishes those that were settled otherwise than by a reply; again, anything may happen.
    void finish_settled();
    bool settled() const { return !settled_.empty(); }
    // The first exception that came out of a waiter's finish() or of on_push(), once.
    std::exception_ptr take_fault() { return std::exchange(fault_, nullptr); }

    // Callers that wait, in the queue and before it.
    std::size_t waiting() const { return waiting_; }

private:
    struct Entry {
        Waiter* waiter;       // nobody: a tombstone
        std::uint64_t begin;  // of its request, counted in bytes since the connection began
        std::uint32_t replies;
    };

    bool written(const Waiter& waiter);
    void encode(Waiter& waiter, const Request& request);
    void enqueue(Waiter& waiter, std::string_view encoded);
    void admit();
    void give_up(Waiter& waiter, Error why);
    void finish(Waiter& waiter);
    void push(protocol::Value&& message);
    template <class Reply>
    bool answer(Reply&& reply);
    std::size_t first_unwritten();
    std::uint64_t end_of(std::size_t i);
    void compact();
    bool may_retry(const Waiter& waiter) const;

    Bounds bounds_;
    OnPush on_push_;
    protocol::Buffer outgoing_;
    Ring<Entry> entries_;
    std::uint64_t first_number_ = 0;  // of the entry in front
    std::uint64_t appended_ = 0;      // bytes, since the connection began
    std::uint64_t written_ = 0;
    protocol::ReplyParser parser_;
    bool half_received_ = false;  // the parser has a part of a reply
    Line line_;
    Line settled_;
    std::size_t waiting_ = 0;
    std::exception_ptr fault_;
};

}  // namespace mini_redis::client
