// Permits: in order of arrival, returned by themselves, and as many at the end as at the start.
#include "server/runtime/semaphore.hpp"

#include "server/runtime/io_thread.hpp"
#include "tests/support/cancel_everywhere.hpp"
#include "tests/support/stepped.hpp"

#include <deque>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace mini_redis::tests {
namespace {

namespace asio = runtime::asio;
using runtime::awaitable;
using Permit = runtime::Semaphore::Permit;

struct Lot {
    explicit Lot(std::size_t permits) : semaphore(stepped.executor(), permits) {}

    awaitable<void> park(char name)
    {
        Permit permit = co_await semaphore.acquire();
        if (!permit) co_return;
        order += name;
        parked.push_back(std::move(permit));
    }
    void arrive(char name)
    {
        stepped.tasks.spawn("parks", park(name));
        stepped.settle();
    }
    void leave()
    {
        parked.pop_front();
        stepped.settle();
    }

    Stepped stepped;
    runtime::Semaphore semaphore;
    std::string order;
    std::deque<Permit> parked;
};

TEST(Semaphore, GivesSoManyAndNoMore)
{
    Lot lot(2);
    std::optional<Permit> first = lot.semaphore.try_acquire();
    const std::optional<Permit> second = lot.semaphore.try_acquire();
    EXPECT_TRUE(first && *first && second && *second);
    EXPECT_FALSE(lot.semaphore.try_acquire());
    EXPECT_EQ(lot.semaphore.available(), 0U);
    first.reset();
    EXPECT_EQ(lot.semaphore.available(), 1U);
    EXPECT_TRUE(lot.semaphore.try_acquire());
}

TEST(Semaphore, ReturnsAPermitOnceHoweverItIsMoved)
{
    Lot lot(2);
    Permit one = std::move(*lot.semaphore.try_acquire());
    Permit other = std::move(*lot.semaphore.try_acquire());
    one = std::move(other);  // what it was goes back
    EXPECT_EQ(lot.semaphore.available(), 1U);
    EXPECT_FALSE(static_cast<bool>(other));
    other.release();
    EXPECT_EQ(lot.semaphore.available(), 1U);
    one.release();
    one.release();
    EXPECT_EQ(lot.semaphore.available(), 2U);
}

TEST(Semaphore, ServesInTheOrderOfArrival)
{
    Lot lot(1);
    for (const char name : std::string("abcd")) lot.arrive(name);
    EXPECT_EQ(lot.order, "a");
    lot.leave();
    lot.leave();
    EXPECT_EQ(lot.order, "abc");
}

TEST(Semaphore, LetsNobodyOvertakeWhoWaits)
{
    Lot lot(1);
    lot.arrive('a');
    lot.arrive('b');
    lot.parked.pop_front();  // free, but meant for b
    EXPECT_EQ(lot.semaphore.available(), 1U);
    EXPECT_FALSE(lot.semaphore.try_acquire());
    lot.arrive('c');
    EXPECT_EQ(lot.order, "ab");
    lot.leave();
    EXPECT_EQ(lot.order, "abc");
}

TEST(Semaphore, ForgetsWhoIsCancelled)
{
    Lot lot(1);
    lot.arrive('a');
    lot.arrive('b');
    lot.stepped.tasks.cancel();
    lot.stepped.settle();
    EXPECT_EQ(lot.stepped.tasks.size(), 0U);
    lot.leave();
    EXPECT_EQ(lot.order, "a");
    EXPECT_EQ(lot.semaphore.available(), 1U);
    EXPECT_TRUE(lot.semaphore.try_acquire());
}

TEST(Semaphore, MayGoWhilePermitsAreOutAndSomebodyWaits)
{
    Stepped stepped;
    int passed = 0;
    Permit left;
    {
        runtime::Semaphore semaphore(stepped.executor(), 1);
        left = std::move(*semaphore.try_acquire());
        struct Waits {
            static awaitable<void> run(runtime::Semaphore& semaphore, int& passed)
            {
                const Permit permit = co_await semaphore.acquire();
                ++passed;
            }
        };
        stepped.tasks.spawn("waits", Waits::run(semaphore, passed));
        stepped.settle();
    }
    left.release();
    stepped.settle();
    EXPECT_EQ(passed, 0);
}

TEST(Semaphore, TakesPermitsBackFromAnyThread)
{
    constexpr int rounds = 20000;
    constexpr std::size_t permits = 1;  // so that they wait for each other
    runtime::IoThread home;
    runtime::Semaphore semaphore(home.executor(), permits);
    asio::thread_pool elsewhere(3);
    struct Taker {
        static awaitable<void> run(runtime::Semaphore& semaphore, asio::thread_pool& elsewhere,
                                   int& taken)
        {
            while (taken < rounds) {
                Permit permit = co_await semaphore.acquire();
                ++taken;
                asio::post(elsewhere, [permit = std::move(permit)]() mutable { permit.release(); });
            }
        }
    };
    int taken = 0;
    runtime::TaskGroup tasks(home.executor(), [](std::string_view, const auto&) { FAIL(); });
    tasks.spawn("takes", Taker::run(semaphore, elsewhere, taken));
    tasks.spawn("takes, too", Taker::run(semaphore, elsewhere, taken));
    while (tasks.size() != 0) home.context().run_one();
    elsewhere.join();
    EXPECT_GE(taken, rounds);
    EXPECT_EQ(semaphore.available(), permits);
}

// Works only while it holds one of two permits; the other is held, and returned, by the events.
class Licensed {
public:
    static constexpr std::size_t events = 3;

    explicit Licensed(Stepped& stepped) : semaphore_(stepped.executor(), 1)
    {
        others_.push_back(std::move(*semaphore_.try_acquire()));
    }

    awaitable<void> session()
    {
        held_.release();  // which a cancelled session has left
        while (!done()) {
            held_ = co_await semaphore_.acquire();
            if (held_) ++worked_;
            co_await asio::post(runtime::use_tuple);
            held_.release();
        }
    }
    bool done() const { return worked_ >= 3; }
    // Returned, taken again if it is free, returned.
    void event(std::size_t number)
    {
        if (number != 1) return others_.clear();
        if (auto permit = semaphore_.try_acquire()) others_.push_back(std::move(*permit));
    }
    std::string check() const
    {
        const std::size_t known = semaphore_.available() + others_.size() + (held_ ? 1 : 0);
        return known > 1 ? "there are more permits than there were" : "";
    }
    std::string judge()
    {
        held_.release();
        others_.clear();
        if (!done()) return "a permit was free, and somebody waited for it";
        return semaphore_.available() == 1 ? "" : "a permit was lost";
    }

private:
    runtime::Semaphore semaphore_;
    std::vector<Permit> others_;
    Permit held_;
    int worked_ = 0;
};

TEST(Semaphore, LosesNoPermitWhereverItsWaiterIsCancelled)
{
    const Explored explored = cancel_everywhere<Licensed>("semaphore");
    EXPECT_EQ(explored.failed, 0U) << explored.first;
}

}  // namespace
}  // namespace mini_redis::tests
