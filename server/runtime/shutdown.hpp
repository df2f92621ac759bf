// Shutting down: asked once, heard everywhere.
//
//   running -> not_accepting -> not_reading -> flushing -> hard
//
// Each phase says what is no longer done, and includes those before it. A phase lasts until
// whoever looks after it says that it is finished, or until its time is over; so the last one
// always comes. To ask a second time is to lose patience: straight to hard. Phases are told by
// calls and by waiting for them, never by cancellation: that is what hard means, and is done by
// who owns the tasks.
#pragma once

#include "server/runtime/alarm.hpp"
#include "server/runtime/clock.hpp"
#include "server/runtime/waiter.hpp"

#include <array>
#include <cstddef>
#include <functional>
#include <string_view>
#include <utility>

#include <boost/intrusive/list.hpp>

namespace mini_redis::runtime {

enum class Phase { running, not_accepting, not_reading, flushing, hard };

constexpr std::string_view to_string(Phase phase)
{
    constexpr std::array<std::string_view, 5> names{"running", "not_accepting", "not_reading",
                                                    "flushing", "hard"};
    return names[static_cast<std::size_t>(phase)];
}

// How long each phase between running and hard may last.
struct Patience {
    Time::Duration not_accepting{};
    Time::Duration not_reading{};
    Time::Duration flushing{};
};

class Shutdown {
    using Hook = boost::intrusive::list_base_hook<
        boost::intrusive::link_mode<boost::intrusive::auto_unlink>>;

public:
    using Heard = std::function<void()>;

    // Hears of a phase as long as it lives.
    class [[nodiscard]] Listener : public Hook {
    public:
        Listener(Listener&&) = delete;

    private:
        friend Shutdown;
        Listener(Shutdown& shutdown, Phase phase, Heard heard);

        Phase phase_;
        Heard heard_;
    };

    // All from the home thread; others post to it.

    // `time` outlives it. `patience` is asked at the beginning of each phase.
    Shutdown(Executor home, Time& time, std::function<Patience()> patience);
    Shutdown(const Shutdown&) = delete;
    Shutdown& operator=(const Shutdown&) = delete;
    // Who waits is unwound.
    ~Shutdown();

    Phase phase() const { return phase_; }
    bool requested() const { return phase_ != Phase::running; }

    // The first time it begins, the second time it goes straight to hard.
    void request();
    void force() { enter(Phase::hard); }
    // What the phase is there for is done: the next begins, unless it has already.
    void finish(Phase phase);

    // `heard` is called once, when the phase is entered, or at once if it was. Phases that are
    // skipped are entered one after the other. It does not throw; it may call anything here, and
    // end listeners, itself included.
    Listener on(Phase phase, Heard heard) { return {*this, phase, std::move(heard)}; }

    // Runs on: the home executor.  When cancelled: returns though the phase is not reached.
    // Fails: never.
    awaitable<void> reached(Phase phase);

    // Keeps the deadlines; ends when the last phase is reached.
    // Runs on: the home executor.  When cancelled: returns, and no phase ends by itself any more.
    // Fails: never.
    awaitable<void> keep_time();

private:
    struct Waiting : Hook {
        Waiting(const Executor& home, Phase awaited) : waiter(home), phase(awaited) {}

        Waiter waiter;
        Phase phase;
    };

    template <class Node>
    using List = boost::intrusive::list<Node, boost::intrusive::base_hook<Hook>,
                                        boost::intrusive::constant_time_size<false>>;

    void enter(Phase phase);
    void tell();

    Executor home_;
    std::function<Patience()> patience_;
    Alarm deadline_;
    Phase phase_ = Phase::running;
    Phase target_ = Phase::running;  // ahead of it while phases are entered
    bool entering_ = false;
    List<Listener> listeners_;
    List<Waiting> waiting_;
};

}  // namespace mini_redis::runtime
