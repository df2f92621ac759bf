// Who waits for a reply: the one thing that a request leaves behind until it is answered.
//
// It lives where the caller keeps it (in the frame of the coroutine that awaits, see
// operation.hpp), and whoever holds it knows it by address; so it neither moves nor is copied. It
// is settled once, by a reply or an error, and then finished once: after that it may be gone.
#pragma once

#include "client/alarm.hpp"
#include "client/result.hpp"
#include "client/scan.hpp"

#include <cstdint>
#include <string>

namespace mini_redis::client {

class Waiter {
public:
    enum class State : std::uint8_t {
        idle,     // not asked yet
        blocked,  // in line before the queue, which is full
        queued,   // its request is to be sent, or was
        settled,  // it has its result
    };

    Waiter() = default;
    Waiter(const Waiter&) = delete;
    Waiter& operator=(const Waiter&) = delete;

    // A reply, or one of several; or why there is none.
    virtual void receive(const Scalar& reply) = 0;
    virtual void receive(protocol::Value&& reply) = 0;
    virtual void fail(Error error) = 0;
    // Forgets replies that were received: all of them are to come again.
    virtual void restart() = 0;
    // Hands the result over. Anything may happen in there, and `this` may be gone afterwards.
    virtual void finish() = 0;
    // Lets go of whoever waits and tells nobody; `this` is gone afterwards.
    virtual void abandon() = 0;

    State state = State::idle;
    bool idempotent = false;  // may be sent again if its connection is lost
    std::uint8_t retries = 0;
    std::uint32_t replies = 1;  // how many its request has
    std::uint64_t number = 0;   // of its entry in the queue
    TimePoint deadline = never;
    std::string kept;        // its request encoded: while blocked, and if it is idempotent
    Waiter* next = nullptr;  // in the one list it is in

protected:
    ~Waiter() = default;
};

// Waiters in line, first come first served. Owns none of them.
class Line {
public:
    bool empty() const { return first_ == nullptr; }
    Waiter* first() const { return first_; }

    void push(Waiter& waiter)
    {
        waiter.next = nullptr;
        (first_ != nullptr ? last_->next : first_) = &waiter;
        last_ = &waiter;
    }
    Waiter* pop()
    {
        Waiter* const waiter = first_;
        if (waiter != nullptr) first_ = waiter->next;
        return waiter;
    }
    // One that is in it, wherever it stands.
    void remove(Waiter& waiter)
    {
        Waiter* before = nullptr;
        for (Waiter* at = first_; at != &waiter; at = at->next) before = at;
        (before != nullptr ? before->next : first_) = waiter.next;
        if (last_ == &waiter) last_ = before;
    }

private:
    Waiter* first_ = nullptr;
    Waiter* last_ = nullptr;
};

}  // namespace mini_redis::client
