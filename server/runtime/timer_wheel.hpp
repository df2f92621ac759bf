// The deadlines of thousands, of which most are cancelled: set and cancelled in constant time.
//
//   level 0    64 slots of 1 ms      the deadline differs from now in its lowest 6 bits only
//   level 1    64 slots of 64 ms     in the 6 bits above them, too
//   level 2    64 slots of 4 s       and so on
//   level 10   as many as are left   64 bits of milliseconds: no deadline is too far away
//
// A slot is a list of the timeouts themselves, so that nothing is allocated. A slot of a higher
// level is spread over the lower ones when its time begins; a timeout moves at most once a level.
// Words of 64 bits tell which slots are in use, so that time without deadlines costs nothing.
// The wheel has no thread and no timer: whoever has an alarm moves it on, and asks it when next.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include <boost/intrusive/list.hpp>

namespace mini_redis::runtime {

class TimerWheel;

// A deadline that its owner may miss. It lives in its owner, and leaves the wheel with it.
class Timeout : public boost::intrusive::list_base_hook<
                    boost::intrusive::link_mode<boost::intrusive::auto_unlink>> {
public:
    // Calls `method` of the owner when it has come:
    //   Timeout idle_ = Timeout::calling<&Connection::leave_idle>(*this);
    template <auto method, class Owner>
    static Timeout calling(Owner& owner)
    {
        return {[](void* whose) { (static_cast<Owner*>(whose)->*method)(); }, &owner};
    }

    Timeout(const Timeout&) = delete;
    Timeout& operator=(const Timeout&) = delete;

    bool is_set() const { return is_linked(); }
    // The deadline as it was last set.
    std::uint64_t when_ms() const { return when_ms_; }
    // It does not come any more. Without effect if it is not set.
    void cancel() { unlink(); }

private:
    friend TimerWheel;
    using Act = void (*)(void*);

    Timeout(Act act, void* owner) : act_(act), owner_(owner) {}

    Act act_;
    void* owner_;
    std::uint64_t when_ms_ = 0;
};

// Of one thread. When it goes, those that are set are not any more.
class TimerWheel {
public:
    // `now_ms` by any clock that only goes on.
    explicit TimerWheel(std::uint64_t now_ms) : now_ms_(now_ms) {}
    TimerWheel(const TimerWheel&) = delete;
    TimerWheel& operator=(const TimerWheel&) = delete;

    // Sets it, or sets it anew. A deadline that is not in the future comes one millisecond from
    // now.
    void set(Timeout& timeout, std::uint64_t when_ms);

    // Moves time on, and calls, in the order of their deadlines, those that have come: each in the
    // first advance() to its millisecond or later. What is called may set and cancel timeouts, and
    // destroy any. What it sets within the time that is being passed over comes in the same call.
    // Returns how many came. Time never goes back.
    std::size_t advance(std::uint64_t now_ms);

    std::uint64_t now_ms() const { return now_ms_; }

    // When advance() should be called next, at the latest: no deadline comes before it, though none
    // may come then. Nothing if none is set.
    std::optional<std::uint64_t> next_ms();

private:
    using Slot = boost::intrusive::list<Timeout, boost::intrusive::constant_time_size<false>>;

    static constexpr unsigned bits = 6;
    static constexpr unsigned slots = 1U << bits;
    static constexpr unsigned levels = 11;

    struct Level {
        std::array<Slot, slots> slot;
        // Which slots may have timeouts: one that was cancelled leaves its bit behind.
        std::uint64_t used = 0;
    };

    // A slot in use, and the time at which it begins.
    struct Begin {
        unsigned level;
        unsigned slot;
        std::uint64_t at_ms;
    };

    void put(Timeout& timeout);
    std::optional<Begin> first();

    std::uint64_t now_ms_;
    std::array<Level, levels> levels_;
};

}  // namespace mini_redis::runtime
