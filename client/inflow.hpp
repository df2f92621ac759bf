// What a server says and nobody has taken yet: a queue with a bound, and those who wait for it.
//
// A value is in the queue until the moment it is handed over. Whoever is cancelled while waiting
// has taken nothing.
#pragma once

#include "client/options.hpp"
#include "client/waiter.hpp"
#include "protocol/value.hpp"

#include <cstddef>
#include <deque>
#include <exception>
#include <functional>
#include <string>
#include <string_view>

namespace mini_redis::client {

class Inflow {
public:
    Inflow(std::size_t bytes_max, Overflow overflow) : bytes_max_(bytes_max), overflow_(overflow) {}
    Inflow(const Inflow&) = delete;
    Inflow& operator=(const Inflow&) = delete;
    ~Inflow() { abandon(); }

    // Whether another one is welcome. With Overflow::drop all are, and some are dropped.
    bool full() const { return overflow_ == Overflow::wait && bytes_ >= bytes_max_; }

    // Hands it to who waits, in which anything may happen; or keeps it. Throws std::bad_alloc, and
    // then it is lost: nothing can be heard any more without a gap.
    void push(protocol::Value value, std::size_t bytes);
    // Says that something may be missing here. One gap after another is one, with all reasons.
    void push_gap(std::string_view why);

    // The next one, now or later; never before this returns.
    void take(Waiter& waiter, TimePoint deadline);
    bool withdraw(Waiter& waiter, Error why);
    // Those who wait get this; what is queued stays.
    void fail(const Error& why);
    TimePoint expire(TimePoint now);
    // Lets go of those who wait and tells nobody.
    void abandon();

    // One that has its result, to be finished with the others.
    void settle(Waiter& waiter);
    bool settled() const { return !settled_.empty(); }
    void finish_settled();
    void finish(Waiter& waiter);
    std::exception_ptr take_fault() { return std::exchange(fault_, nullptr); }

private:
    struct Queued {
        protocol::Value value;
        std::size_t bytes;
        bool gap;
        std::size_t dropped;  // it is the gap in the place of so many
    };

    void drop();
    void hand_over(Waiter& waiter);

    std::size_t bytes_max_;
    Overflow overflow_;
    std::deque<Queued> queue_;
    std::size_t bytes_ = 0;
    Line takers_;
    Line settled_;
    std::exception_ptr fault_;
};

}  // namespace mini_redis::client
