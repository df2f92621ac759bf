// Where a task waits, for how long, and how much it has worked: what the console shows.
//
// Only in the flavour `console` (awaiting_frames.cmake), in which Asio's frames tell of each
// co_await where it stands and when it suspends and goes on. Otherwise there is nothing here to be
// compiled, and nothing to be paid.
//
// All of a trail belongs to the thread of its task.
#pragma once

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <source_location>
#include <span>

namespace mini_redis::runtime {

#ifdef MINI_REDIS_TRAILS

class Trail {
public:
    using Clock = std::chrono::steady_clock;

    struct Figures {
        std::uint64_t resumed = 0;
        Clock::duration busy{};
        Clock::duration longest{};  // from one suspension to the next
        Clock::time_point since{};  // that it is parked
    };

    Trail() = default;
    Trail(const Trail&) = delete;
    Trail& operator=(const Trail&) = delete;
    ~Trail()
    {
        if (current_ == this) current_ = nullptr;
    }

    // Whose task is being run by this thread; null if nobody's.
    static Trail* current() { return current_; }

    // While it lives, what begins belongs to a trail.
    class Beginning {
    public:
        explicit Beginning(Trail& trail) : before_(current_)
        {
            trail.went_on_ = Clock::now();
            current_ = &trail;
        }
        Beginning(const Beginning&) = delete;
        Beginning& operator=(const Beginning&) = delete;
        ~Beginning() { current_ = before_; }

    private:
        Trail* before_;
    };

    void park(std::span<const std::source_location> places)
    {
        depth_ = std::min(places.size(), places_.size());
        for (std::size_t i = 0; i < depth_; ++i) places_[i] = places[i];
        figures_.since = Clock::now();
        const auto worked = figures_.since - went_on_;
        figures_.busy += worked;
        figures_.longest = std::max(figures_.longest, worked);
        if (current_ == this) current_ = nullptr;
    }
    void go_on()
    {
        current_ = this;
        ++figures_.resumed;
        went_on_ = Clock::now();
    }

    // The co_awaits it is parked in, the innermost first.
    std::span<const std::source_location> places() const { return {places_.data(), depth_}; }
    const Figures& figures() const { return figures_; }

    static constexpr std::size_t depth_max = 12;

private:
    static inline thread_local Trail* current_ = nullptr;

    std::array<std::source_location, depth_max> places_;
    std::size_t depth_ = 0;
    Figures figures_;
    Clock::time_point went_on_{};
};

// What a frame of Asio's is given to remember (awaiting_frames.cmake).
struct AwaitingFrame {
    void awaits(const std::source_location& where)
    {
        place = where;
        known = true;
    }
    // `frames` calls what it is given with each frame, from this one to the outermost.
    // Book: observability/places. A frame that remembers its co_await tells where a task is parked.
    template <class Frames>
    void suspended(bool, Frames&& frames)
    {
        trail = Trail::current();
        if (!trail) return;
        std::array<std::source_location, Trail::depth_max> places;
        std::size_t depth = 0;
        frames([&](const AwaitingFrame& frame) {
            if (frame.known && depth < places.size()) places[depth++] = frame.place;
        });
        trail->park({places.data(), depth});
    }
    template <class Frames>
    void goes_on(bool, Frames&&)
    {
        if (trail) trail->go_on();
    }
    template <class Error>
    void ended(const Error&)
    {
    }
    template <class Result>
    void yields(const Result&)
    {
    }

    std::source_location place;
    bool known = false;
    Trail* trail = nullptr;
};

#else

class Trail {
public:
    struct Beginning {
        explicit Beginning(Trail&) {}
        ~Beginning() {}  // as the other one's: it is there for its scope
    };
};

#endif

}  // namespace mini_redis::runtime
