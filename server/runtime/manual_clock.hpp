// Time that stands still until it is moved: for tests, and for nothing else.
//
// Moving it rings the alarms that are due, by posting, so that a stepped context takes them one by
// one. It belongs to the thread of its alarms.
#pragma once

#include "server/runtime/alarm.hpp"
#include "server/runtime/clock.hpp"

#include <boost/intrusive/list.hpp>

namespace mini_redis::runtime {

class ManualClock final : public Time {
public:
    // Not at zero, so that nothing mistakes zero for now.
    static constexpr std::chrono::hours start{1000};

    Point now() const override { return now_; }

    // Book: testing/clock. Time stands still until a test moves it.
    void advance(Duration by)
    {
        now_ += by;
        for (auto each = alarms_.begin(); each != alarms_.end();) {
            Alarm& alarm = *each++;
            if (alarm.due()) alarm.ring();
        }
    }

    // Unwinds all who wait for it, some steps later: for a test that ends before they do. What
    // waits upon a timer of Asio goes with its context; here nobody else would.
    void abandon()
    {
        for (auto each = alarms_.begin(); each != alarms_.end();) {
            Alarm& alarm = *each++;
            alarm.unlink();
            alarm.waiter_.abandon();
        }
    }

    // How many alarms are set and not yet due.
    std::size_t pending() const { return alarms_.size(); }

    // The time of day by the same hand; the clock outlives it.
    Clock time_of_day()
    {
        return [this] {
            return std::chrono::duration_cast<std::chrono::milliseconds>(now_.time_since_epoch())
                .count();
        };
    }

private:
    using Alarms = boost::intrusive::list<Alarm, boost::intrusive::base_hook<alarm::Hook>,
                                          boost::intrusive::constant_time_size<false>>;

    bool watch(Alarm& alarm) override
    {
        if (!alarm.due()) alarms_.push_back(alarm);
        return true;
    }

    Point now_{start};
    Alarms alarms_;
};

}  // namespace mini_redis::runtime
