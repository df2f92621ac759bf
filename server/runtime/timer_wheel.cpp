// Where a deadline is put, and how time passes over the slots.
#include "server/runtime/timer_wheel.hpp"

#include <algorithm>
#include <bit>

namespace mini_redis::runtime {

void TimerWheel::set(Timeout& timeout, std::uint64_t when_ms)
{
    timeout.unlink();
    timeout.when_ms_ = when_ms;
    put(timeout);
}

// Into the level of the highest bit in which its time differs from now: there, and below, all slots
// behind that of now are still to come.
// Book: thread-locals/the-wheel. A deadline lies where it first differs from now.
void TimerWheel::put(Timeout& timeout)
{
    const std::uint64_t when = std::max(timeout.when_ms_, now_ms_ + 1);
    const auto differs = static_cast<unsigned>(std::bit_width(when ^ now_ms_) - 1);
    const unsigned level = differs / bits;
    const unsigned slot = (when >> (level * bits)) % slots;
    levels_[level].slot[slot].push_back(timeout);
    levels_[level].used |= std::uint64_t{1} << slot;
}

// The slot in use whose time begins first. What is on a level comes before all that is above it.
std::optional<TimerWheel::Begin> TimerWheel::first()
{
    for (unsigned level = 0; level != levels; ++level) {
        Level& here = levels_[level];
        while (here.used != 0) {
            const auto slot = static_cast<unsigned>(std::countr_zero(here.used));
            if (here.slot[slot].empty()) {
                here.used &= here.used - 1;
                continue;
            }
            const unsigned shift = level * bits;
            const std::uint64_t above = now_ms_ >> shift >> bits << bits << shift;
            return Begin{level, slot, above | (std::uint64_t{slot} << shift)};
        }
    }
    return std::nullopt;
}

std::optional<std::uint64_t> TimerWheel::next_ms()
{
    const auto begin = first();
    return begin ? std::optional(begin->at_ms) : std::nullopt;
}

std::size_t TimerWheel::advance(std::uint64_t now_ms)
{
    std::size_t came = 0;
    for (auto begin = first(); begin && begin->at_ms <= now_ms; begin = first()) {
        now_ms_ = std::max(now_ms_, begin->at_ms);
        Slot due;
        due.swap(levels_[begin->level].slot[begin->slot]);
        while (!due.empty()) {
            Timeout& timeout = due.front();
            due.pop_front();
            if (timeout.when_ms_ > now_ms_) {
                put(timeout);
                continue;
            }
            ++came;
            timeout.act_(timeout.owner_);
        }
    }
    now_ms_ = std::max(now_ms_, now_ms);
    return came;
}

}  // namespace mini_redis::runtime
