// A number of permits, which return themselves.
//
// It belongs to a home thread, where permits are taken: whoever waits is served in the order of
// arrival. They may be returned on any thread: the count is atomic, and if somebody waits, who
// returns one posts to the home executor, where it is handed on. Taker and returner cannot miss
// each other: one announces that it waits and then looks at the count, the other raises the count
// and then looks whether anybody waits.
#pragma once

#include "server/runtime/waiter.hpp"

#include <atomic>
#include <cstddef>
#include <memory>
#include <optional>
#include <utility>

#include <boost/intrusive/list.hpp>

namespace mini_redis::runtime {

class Semaphore {
    class State;

public:
    // The right to be one of so many. May be returned on any thread, and after the semaphore is
    // gone; not after the context of its home thread is.
    class Permit {
    public:
        Permit() = default;
        Permit(Permit&& other) noexcept = default;
        Permit& operator=(Permit&& other) noexcept
        {
            Permit(std::move(other)).state_.swap(state_);
            return *this;
        }
        ~Permit() { release(); }

        // Whether it is one.
        explicit operator bool() const { return state_ != nullptr; }
        void release()
        {
            if (const auto state = std::exchange(state_, nullptr)) state->put();
        }

    private:
        friend Semaphore;
        explicit Permit(std::shared_ptr<State> state) : state_(std::move(state)) {}

        std::shared_ptr<State> state_;
    };

    Semaphore(Executor home, std::size_t permits)
        : state_(std::make_shared<State>(std::move(home), permits))
    {
    }
    Semaphore(const Semaphore&) = delete;
    Semaphore& operator=(const Semaphore&) = delete;
    // Who waits is unwound.
    ~Semaphore() { state_->close(); }

    // From the home thread: one that is free, unless somebody waits for it already.
    std::optional<Permit> try_acquire()
    {
        if (state_->waiting() || !state_->take()) return std::nullopt;
        return Permit(state_);
    }

    // Runs on: the home executor.  When cancelled: yields no permit, or the one that came at the
    // same time.  Fails: never.
    awaitable<Permit> acquire()
    {
        if (auto permit = try_acquire()) co_return std::move(*permit);
        Queued queued(*state_);
        state_->serve();
        while (!queued.permit && !queued.waiter.cancelled()) co_await queued.waiter.park();
        co_return std::move(queued.permit);
    }

    // From any thread; at home it is exact.
    std::size_t available() const { return state_->available(); }

private:
    using Hook = boost::intrusive::list_base_hook<
        boost::intrusive::link_mode<boost::intrusive::auto_unlink>>;

    // One that waits, in its own coroutine's frame.
    // Book: pinning/frames-stay. A frame never moves, so a list may run through frames.
    struct Queued : Hook {
        explicit Queued(State& state) : waiter(state.home()) { state.enter(*this); }

        Waiter waiter;
        Permit permit;
    };

    using Queue = boost::intrusive::list<Queued, boost::intrusive::constant_time_size<false>>;

    class State : public std::enable_shared_from_this<State> {
    public:
        State(Executor home, std::size_t permits) : home_(std::move(home)), free_(permits) {}

        const Executor& home() const { return home_; }
        std::size_t available() const { return free_.load(); }

        bool take()
        {
            std::size_t free = free_.load();
            while (free != 0 && !free_.compare_exchange_weak(free, free - 1)) {
            }
            return free != 0;
        }

        void put()
        {
            // Book: between-threads/crossing. Each does its part first, then looks for the other.
            free_.fetch_add(1);
            if (waiting_.load()) asio::post(home_, [self = shared_from_this()] { self->serve(); });
        }

        // Here and below: from the home thread.
        bool waiting() { return waiting_.load() && look(); }

        void enter(Queued& queued)
        {
            queue_.push_back(queued);
            waiting_.store(true);
        }

        void serve()
        {
            while (look() && take()) {
                Queued& first = queue_.front();
                queue_.pop_front();
                first.permit = Permit(shared_from_this());
                first.waiter.wake();
            }
        }

        void close()
        {
            while (!queue_.empty()) {
                Queued& first = queue_.front();
                queue_.pop_front();
                first.waiter.abandon();
            }
            waiting_.store(false);
        }

    private:
        // Those who were cancelled have left the queue by themselves.
        bool look()
        {
            if (queue_.empty()) waiting_.store(false);
            return !queue_.empty();
        }

        Executor home_;
        std::atomic<std::size_t> free_;
        std::atomic<bool> waiting_{false};
        Queue queue_;
    };

    std::shared_ptr<State> state_;
};

}  // namespace mini_redis::runtime
