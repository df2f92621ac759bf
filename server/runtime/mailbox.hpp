// Messages from any thread to one: bounded in bytes, and closed without losing what was accepted.
//
//   producers, any thread -> arrived, under a lock -> taken, the consumer's own -> front(), pop()
//
// The consumer looks at the first message, does what is to be done with it, and only then removes
// it: one synchronous step, so that a cancelled consumer loses nothing. Producers wake it by a
// post, and only when they find the box empty: one post a batch, however many messages follow.
// Not Asio's experimental channel: in Boost 1.81 a cancelled receive makes an empty one refuse
// messages, and closing drops what it holds.
#pragma once

#include "server/runtime/notify.hpp"

#include <algorithm>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <utility>

namespace mini_redis::runtime {

// What becomes of a message that finds the box full.
enum class Overflow {
    refuse,  // it is not taken; but a first one always is, however long it be
    report,  // it is taken, and who sends is told to wait before sending more
};

enum class Delivery {
    accepted,
    full,     // accepted, and no more should be sent until there is room
    refused,  // not taken: full
    closed,   // not taken: closed
};

template <class Message>
class Mailbox {
public:
    // `on_room` is called on the home thread whenever there is room again after a message was
    // refused or reported full: it tells producers to go on, wherever they are.
    Mailbox(Executor home, std::size_t bytes_max, Overflow overflow,
            std::function<void()> on_room = {})
        : home_(home),
          bell_(std::make_shared<Notify>(home)),
          bytes_max_(bytes_max),
          overflow_(overflow),
          on_room_(std::move(on_room))
    {
    }
    Mailbox(const Mailbox&) = delete;
    Mailbox& operator=(const Mailbox&) = delete;

    // From any thread.

    // `bytes` is what the message counts for. Accepted, it will be delivered.
    // Book: channels/bound. Who finds it full is told at once, and is never parked inside.
    Delivery send(Message message, std::size_t bytes)
    {
        const std::lock_guard lock(mutex_);
        if (closed_) return Delivery::closed;
        const bool full = bytes_ != 0 && bytes > bytes_max_ - std::min(bytes_, bytes_max_);
        wanted_ |= full;
        if (full && overflow_ == Overflow::refuse) return Delivery::refused;
        arrived_.push_back({std::move(message), bytes});
        bytes_ += bytes;
        wake();
        return full ? Delivery::full : Delivery::accepted;
    }

    // Nothing is accepted from now on; what was, is still delivered.
    // Book: channels/end. An end refuses what is to come, and delivers what has come.
    void close()
    {
        const std::lock_guard lock(mutex_);
        closed_ = true;
        wake();
    }

    // Of all messages that are not yet removed.
    std::size_t bytes() const
    {
        const std::lock_guard lock(mutex_);
        return bytes_;
    }

    // From the home thread.

    // The oldest message; null if there is none. It stays until it is popped.
    Message* front()
    {
        if (taken_.empty()) take_arrived();
        return taken_.empty() ? nullptr : &taken_.front().message;
    }

    void pop()
    {
        const std::size_t bytes = taken_.front().bytes;
        taken_.pop_front();
        if (make_room(bytes) && on_room_) on_room_();
    }

    // Hands over what is there now, the oldest first, and returns how many messages that was. One
    // is removed when `handle` has returned; if it throws, that one and those behind it stay.
    // Book: cancellation/commit. What was dealt with is removed in the step that has dealt with it.
    template <class Handle>
    std::size_t drain(Handle&& handle)
    {
        std::size_t count = 0;
        for (std::size_t left = waiting(); left != 0; --left, ++count) {
            handle(*front());
            pop();
        }
        return count;
    }

    // Whether it is closed, and everything was delivered.
    bool drained() const
    {
        const std::lock_guard lock(mutex_);
        return closed_ && arrived_.empty() && taken_.empty();
    }

    // Until there is a message, or the box is closed. A hint: there may be none. One task at a
    // time. Runs on: the home executor.  When cancelled: returns, and nothing is lost.  Fails:
    // never.
    awaitable<void> wait()
    {
        if (settled()) co_return;
        co_await bell_->wait();
    }

private:
    struct Entry {
        Message message;
        std::size_t bytes;
    };

    // Under the lock. The post keeps the bell, for the box may be gone when it runs.
    // Book: between-threads/mail. The first message of a batch wakes who reads, and no other does.
    void wake()
    {
        if (std::exchange(called_, true)) return;
        asio::post(home_, [bell = bell_] { bell->notify(); });
    }

    // What arrives from now on wakes the consumer anew.
    void take_arrived()
    {
        const std::lock_guard lock(mutex_);
        taken_.swap(arrived_);
        called_ = closed_;
    }

    bool settled() const
    {
        const std::lock_guard lock(mutex_);
        return closed_ || !arrived_.empty() || !taken_.empty();
    }

    std::size_t waiting() const
    {
        const std::lock_guard lock(mutex_);
        return arrived_.size() + taken_.size();
    }

    // Whether somebody has asked for it.
    bool make_room(std::size_t bytes)
    {
        const std::lock_guard lock(mutex_);
        bytes_ -= bytes;
        return (bytes_ == 0 || bytes_ < bytes_max_) && std::exchange(wanted_, false);
    }

    const Executor home_;
    const std::shared_ptr<Notify> bell_;
    const std::size_t bytes_max_;
    const Overflow overflow_;
    const std::function<void()> on_room_;

    std::deque<Entry> taken_;  // the home thread's

    mutable std::mutex mutex_;
    std::deque<Entry> arrived_;
    std::size_t bytes_ = 0;
    bool called_ = false;  // the consumer was woken, and has not looked since
    bool wanted_ = false;  // a producer waits for room
    bool closed_ = false;
};

}  // namespace mini_redis::runtime
