// The bell: remembered once, heard by one, and not swallowed by who is cancelled.
#include "server/runtime/notify.hpp"

#include "tests/support/cancel_everywhere.hpp"
#include "tests/support/stepped.hpp"

#include <gtest/gtest.h>

namespace mini_redis::tests {
namespace {

namespace asio = runtime::asio;
using runtime::awaitable;

awaitable<void> hear(runtime::Notify& bell, int& heard)
{
    co_await bell.wait();
    ++heard;
}

TEST(Notify, WakesWhoWaits)
{
    Stepped stepped;
    runtime::Notify bell(stepped.executor());
    int heard = 0;
    stepped.tasks.spawn("hears", hear(bell, heard));
    stepped.settle();
    EXPECT_EQ(heard, 0);
    bell.notify();
    EXPECT_EQ(heard, 0);  // nothing runs inside of who rings
    stepped.settle();
    EXPECT_EQ(heard, 1);
}

TEST(Notify, IsRememberedOnceWhenNobodyWaits)
{
    Stepped stepped;
    runtime::Notify bell(stepped.executor());
    int heard = 0;
    bell.notify();
    bell.notify();
    stepped.tasks.spawn("first", hear(bell, heard));
    stepped.settle();
    EXPECT_EQ(heard, 1);
    stepped.tasks.spawn("second", hear(bell, heard));
    stepped.settle();
    EXPECT_EQ(heard, 1);
    bell.notify();
    stepped.settle();
    EXPECT_EQ(heard, 2);
}

TEST(Notify, LetsGoWhoIsCancelled)
{
    Stepped stepped;
    runtime::Notify bell(stepped.executor());
    int heard = 0;
    stepped.tasks.spawn("hears", hear(bell, heard));
    stepped.settle();
    stepped.tasks.cancel();
    stepped.settle();
    EXPECT_EQ(stepped.tasks.size(), 0U);
    EXPECT_EQ(stepped.faults, "");
}

TEST(Notify, RemembersTheRingThatCameWithTheCancellation)
{
    Stepped stepped;
    runtime::Notify bell(stepped.executor());
    int heard = 0;
    stepped.tasks.spawn("hears", hear(bell, heard));
    stepped.settle();
    bell.notify();
    stepped.tasks.cancel();
    stepped.settle();
    EXPECT_EQ(stepped.tasks.size(), 0U);
    heard = 0;
    stepped.tasks.spawn("hears", hear(bell, heard));
    stepped.settle();
    EXPECT_EQ(heard, 1);
}

TEST(Notify, MayBeWaitedForWhenTheContextGoes)
{
    int heard = 0;
    Stepped stepped;
    runtime::Notify bell(stepped.executor());
    stepped.tasks.spawn("hears", hear(bell, heard));
    stepped.settle();
    EXPECT_EQ(heard, 0);
}

// A bell whose waiter takes the ring along when it is cancelled.
class ForgetfulBell {
public:
    explicit ForgetfulBell(runtime::Executor executor) : waiter_(executor) {}

    void notify()
    {
        rung_ = true;
        waiter_.wake();
    }
    awaitable<void> wait()
    {
        if (!rung_) co_await waiter_.park();
        rung_ = false;
    }

private:
    runtime::Waiter waiter_;
    bool rung_ = false;
};

// Trusts the bell: what it was rung for must be worked off, however often who waits is cancelled.
template <class Bell>
class RungForWork {
public:
    static constexpr std::size_t events = 3;

    explicit RungForWork(Stepped& stepped) : bell_(stepped.executor()) {}

    awaitable<void> session()
    {
        while (!done()) {
            co_await bell_.wait();
            co_await asio::post(runtime::use_tuple);  // who is cancelled at the bell does not pass
            worked_ += std::exchange(work_, 0);
        }
    }
    bool done() const { return worked_ == events; }
    void event(std::size_t)
    {
        ++work_;
        bell_.notify();
    }
    std::string judge() { return done() ? "" : "work was left lying"; }

private:
    Bell bell_;
    std::size_t work_ = 0;
    std::size_t worked_ = 0;
};

TEST(Notify, LosesNoRingWhereverItsWaiterIsCancelled)
{
    const Explored explored = cancel_everywhere<RungForWork<runtime::Notify>>("notify");
    EXPECT_EQ(explored.failed, 0U) << explored.first;
    const Explored sabotaged = cancel_everywhere<RungForWork<ForgetfulBell>>("a forgetful bell");
    EXPECT_NE(sabotaged.failed, 0U);
}

}  // namespace
}  // namespace mini_redis::tests
