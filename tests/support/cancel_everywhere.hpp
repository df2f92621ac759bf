// Cancels a session at every step of every schedule, starts it again on the same state, and judges
// whether anybody could have noticed.
//
// A World is what must outlive a cancelled session, and the session itself:
//
//   explicit World(Stepped&);
//   runtime::awaitable<void> session();    cancelled and started again
//   bool done() const;                     it is not started again
//   static constexpr std::size_t events;   what comes from outside
//   void event(std::size_t number);
//   std::string judge();                   at the end: what is wrong; empty: nothing
//
// and where it has any:
//
//   std::string check() const;             what is wrong between two steps
//   void cancel(cancellation_type kind);   what else is cancelled with the session
//   static constexpr std::size_t again;    it is cancelled a second time, up to so many steps later
//
// A schedule says at which step the events begin and how many steps lie between them, at which one
// the session is cancelled, how, and which comes first if that is the same step. The world is built
// anew for each. Steps at which nothing is left to run count, too: there, all that can has parked.
#pragma once

#include "tests/support/stepped.hpp"

#include <algorithm>
#include <cstdio>
#include <string>
#include <string_view>

namespace mini_redis::tests {

struct Schedule {
    std::size_t event_at = 0;
    std::size_t event_every = 1;
    std::size_t cancel_at = 0;
    std::size_t again_after = 0;  // steps; 0: it is cancelled once
    bool cancel_first = false;
    runtime::asio::cancellation_type kind = runtime::asio::cancellation_type::terminal;
};

// What was found over all schedules.
struct Explored {
    std::size_t schedules = 0;
    std::size_t failed = 0;
    std::string first;  // failure, with its schedule
};

namespace cancel_everywhere_parts {

constexpr std::size_t never = static_cast<std::size_t>(-1);
constexpr std::size_t steps_max = 100'000;  // a world that does not come to rest

inline std::string describe(const Schedule& schedule)
{
    const auto step = [](std::size_t at) { return at == never ? "no step" : std::to_string(at); };
    return "events from " + step(schedule.event_at) + " every " + step(schedule.event_every) +
           ", cancelled at " + step(schedule.cancel_at) +
           (schedule.again_after != 0 ? " and at " + step(schedule.cancel_at + schedule.again_after)
                                      : "") +
           (schedule.cancel_first ? " before the event" : "") + ", kind " +
           std::to_string(static_cast<int>(schedule.kind));
}

// The step of it.
template <class World>
std::size_t last_event(const Schedule& schedule)
{
    return schedule.event_at + (World::events - 1) * schedule.event_every;
}

template <class World>
constexpr std::size_t again()
{
    if constexpr (requires { World::again; })
        return World::again;
    else
        return 0;
}

template <class World>
std::string check(const World& world)
{
    if constexpr (requires { world.check(); })
        return world.check();
    else
        return {};
}

// Returns what went wrong, and after how many steps the world was at rest.
template <class World>
std::string run(const Schedule& schedule, std::size_t& steps)
{
    Stepped stepped;
    World world(stepped);
    runtime::TaskGroup& tasks = stepped.tasks;
    const auto cancel = [&] {
        tasks.cancel(schedule.kind);
        if constexpr (requires { world.cancel(schedule.kind); }) world.cancel(schedule.kind);
    };
    const std::size_t last = last_event<World>(schedule);
    const auto happens = [&] {
        return steps >= schedule.event_at && steps <= last &&
               (steps - schedule.event_at) % schedule.event_every == 0;
    };
    const auto is_cancelled = [&] {
        return steps == schedule.cancel_at ||
               (schedule.again_after != 0 && steps == schedule.cancel_at + schedule.again_after);
    };
    const std::size_t end =
        std::max(last, schedule.cancel_at == never ? 0 : schedule.cancel_at + schedule.again_after);

    tasks.spawn("session", world.session());
    for (steps = 0;; ++steps) {
        if (is_cancelled() && schedule.cancel_first) cancel();
        if (happens()) world.event((steps - schedule.event_at) / schedule.event_every);
        if (is_cancelled() && !schedule.cancel_first) cancel();
        if (std::string wrong = check(world); !wrong.empty()) return wrong;
        if (tasks.size() == 0 && !world.done()) tasks.spawn("session", world.session());
        if (steps > steps_max) return "does not come to rest";
        if (!stepped.step() && steps >= end) break;
    }
    std::string wrong = world.judge();
    tasks.cancel();
    stepped.settle();
    if (wrong.empty() && tasks.size() != 0) wrong = "a cancelled session does not end";
    if (wrong.empty() && !stepped.faults.empty()) wrong = "a fault of " + stepped.faults;
    return wrong;
}

}  // namespace cancel_everywhere_parts

// Ends early when so many schedules have failed.
template <class World>
Explored cancel_everywhere(std::string_view name,
                           std::size_t failed_max = cancel_everywhere_parts::never)
{
    using Kind = runtime::asio::cancellation_type;
    namespace parts = cancel_everywhere_parts;
    Explored explored;
    std::size_t steps = 0;
    const auto run = [&](const Schedule& schedule) {
        if (explored.failed >= failed_max) return;
        ++explored.schedules;
        const std::string wrong = parts::run<World>(schedule, steps);
        if (wrong.empty()) return;
        if (explored.failed++ == 0) explored.first = wrong + ", " + parts::describe(schedule);
    };

    for (const std::size_t every : {1U, 2U, 5U}) {
        run({0, every, parts::never});
        const std::size_t span = steps + 2;
        for (std::size_t event_at = 0; event_at < span; ++event_at) {
            run({event_at, every, parts::never});
            const std::size_t end = steps + 2;
            for (std::size_t cancel_at = 0; cancel_at < end; ++cancel_at)
                for (const bool first : {false, true})
                    for (const Kind kind : {Kind::terminal, Kind::all})
                        for (std::size_t again = 0; again <= parts::again<World>(); ++again)
                            run({event_at, every, cancel_at, again, first, kind});
        }
    }
    std::printf("[ schedules] %s: %zu, of which %zu failed\n", std::string(name).c_str(),
                explored.schedules, explored.failed);
    return explored;
}

}  // namespace mini_redis::tests
