// Tasks, stepped by hand: named, joined, cancelled, and never left behind.
#include "server/runtime/task_group.hpp"

#include "server/runtime/notify.hpp"
#include "tests/support/cancel_everywhere.hpp"
#include "tests/support/stepped.hpp"

#include <chrono>
#include <stdexcept>
#include <string>

#include <gtest/gtest.h>

namespace mini_redis::tests {
namespace {

namespace asio = runtime::asio;
using runtime::awaitable;

struct Group {
    Stepped stepped;
    runtime::Notify bell{stepped.executor()};
    int passed = 0;
    bool joined = false;
    // Those under test. What waits for them belongs to the stepped world's own group.
    std::string faults;
    runtime::TaskGroup tasks{
        stepped.executor(),
        [this](std::string_view task, const auto&) { faults += std::string(task) + ";"; },
        stepped.clock};

    awaitable<void> wait()
    {
        co_await bell.wait();
        ++passed;
    }
    awaitable<void> join()
    {
        co_await tasks.join();
        joined = true;
    }
};

awaitable<void> fail(const char* why)
{
    throw std::runtime_error(why);
    co_return;
}

TEST(TaskGroup, IsJoinedWhenTheLastTaskEnds)
{
    Group group;
    group.tasks.spawn("waits", group.wait());
    group.stepped.tasks.spawn("joins", group.join());
    group.stepped.settle();
    EXPECT_EQ(group.tasks.size(), 1U);
    EXPECT_FALSE(group.joined);
    group.bell.notify();
    group.stepped.settle();
    EXPECT_EQ(group.passed, 1);
    EXPECT_EQ(group.tasks.size(), 0U);
    EXPECT_TRUE(group.joined);
}

TEST(TaskGroup, IsJoinedAtOnceWhenThereIsNoTask)
{
    Group group;
    group.stepped.tasks.spawn("joins", group.join());
    group.stepped.settle();
    EXPECT_TRUE(group.joined);
}

TEST(TaskGroup, NamesTheTaskThatFailedAndKeepsTheFirstFault)
{
    Group group;
    EXPECT_EQ(group.tasks.first_fault(), nullptr);
    group.tasks.spawn("doomed", fail("the first"));
    group.tasks.spawn("doomed, too", fail("the second"));
    group.stepped.settle();
    EXPECT_EQ(group.faults, "doomed;doomed, too;");
    EXPECT_EQ(group.tasks.size(), 0U);
    ASSERT_NE(group.tasks.first_fault(), nullptr);
    try {
        std::rethrow_exception(group.tasks.first_fault());
    } catch (const std::runtime_error& fault) {
        EXPECT_STREQ(fault.what(), "the first");
    }
}

TEST(TaskGroup, TellsWhoIsThereAndSinceWhen)
{
    Group group;
    const auto began = group.stepped.clock.now();
    group.tasks.spawn("early", group.stepped.tasks.join());
    group.stepped.clock.advance(std::chrono::milliseconds(5));
    runtime::Notify other(group.stepped.executor());
    group.tasks.spawn("late", other.wait());
    ASSERT_EQ(group.tasks.size(), 2U);
    EXPECT_EQ(group.tasks.tasks().front().name, "early");
    EXPECT_EQ(group.tasks.tasks().front().since, began);
    EXPECT_EQ(group.tasks.tasks().back().name, "late");
    EXPECT_EQ(group.tasks.tasks().back().since, began + std::chrono::milliseconds(5));
    group.stepped.settle();  // there was nothing to join
    ASSERT_EQ(group.tasks.size(), 1U);
    EXPECT_EQ(group.tasks.tasks().front().name, "late");
}

TEST(TaskGroup, CancelsAllOfThem)
{
    Group group;
    runtime::Notify other(group.stepped.executor());
    group.tasks.spawn("one", group.wait());
    group.tasks.spawn("two", other.wait());
    group.stepped.settle();
    group.tasks.cancel();
    group.stepped.tasks.spawn("joins", group.join());
    group.stepped.settle();
    EXPECT_TRUE(group.joined);
    EXPECT_EQ(group.faults, "");
}

// Its last words are many, and some of them another task's.
awaitable<void> end_slowly(Group& group, int& rounds)
{
    co_await group.bell.wait();
    co_await asio::this_coro::throw_if_cancelled(false);
    for (; rounds != 3; ++rounds) co_await asio::post(runtime::use_tuple);
    group.tasks.spawn(
        "heir", asio::post(group.stepped.executor(), asio::use_awaitable_t<runtime::Executor>{}));
}

TEST(TaskGroup, WaitsForTasksThatTakeTheirTimeToEnd)
{
    Group group;
    int rounds = 0;
    group.tasks.spawn("slow", end_slowly(group, rounds));
    group.stepped.tasks.spawn("joins", group.join());
    group.stepped.settle();
    group.tasks.cancel();
    while (!group.joined) {
        const bool stepped = group.stepped.step();
        ASSERT_TRUE(stepped || group.joined);
    }
    EXPECT_EQ(rounds, 3);
    EXPECT_EQ(group.tasks.size(), 0U);
}

TEST(TaskGroup, PassesTheCancellationOfWhoJoinsOnToItsTasks)
{
    Group group;
    int rounds = 0;
    group.tasks.spawn("slow", end_slowly(group, rounds));
    group.stepped.tasks.spawn("joins", group.join());
    group.stepped.settle();
    group.stepped.tasks.cancel();
    while (group.stepped.tasks.size() != 0) ASSERT_TRUE(group.stepped.step());
    EXPECT_TRUE(group.joined);
    EXPECT_EQ(group.tasks.size(), 0U);
    EXPECT_EQ(rounds, 3);
}

awaitable<void> cancel_itself(runtime::TaskGroup& tasks, int& passed)
{
    tasks.cancel();
    ++passed;
    co_return;
}

// Either would make Asio's own co_spawn throw out of the context, and never tell of the end.
TEST(TaskGroup, BeginsATaskThatIsCancelledBeforeOrAsItBegins)
{
    Group group;
    group.tasks.spawn("waits", group.wait());
    group.tasks.cancel();
    group.tasks.spawn("cancels itself", cancel_itself(group.tasks, group.passed));
    group.stepped.tasks.spawn("joins", group.join());
    group.stepped.settle();
    EXPECT_TRUE(group.joined);
    EXPECT_EQ(group.passed, 2);  // what follows a wait is done, also when it was cancelled
    EXPECT_EQ(group.faults, "");
}

// Two children that wait, and a parent that leaves when both have ended.
template <bool joins>
class Family {
public:
    static constexpr std::size_t events = 2;

    explicit Family(Stepped& stepped)
        : bells_{runtime::Notify(stepped.executor()), runtime::Notify(stepped.executor())},
          left_(stepped.executor()),
          children_(stepped.executor(), [](std::string_view, const auto&) { ADD_FAILURE(); })
    {
    }

    awaitable<void> session()
    {
        at_home_ = true;
        for (std::size_t i = 0; i != 2; ++i)
            if (!heard_[i]) children_.spawn("child", child(i));
        if constexpr (joins)
            co_await children_.join();
        else
            while (children_.size() != 0) co_await left_.wait();
        at_home_ = false;
    }
    bool done() const { return heard_[0] && heard_[1]; }
    void event(std::size_t number) { bells_[number].notify(); }
    std::string check() const
    {
        return !at_home_ && children_.size() != 0 ? "a child has outlived its parent" : "";
    }
    std::string judge() { return done() && !at_home_ ? "" : "somebody waits for ever"; }

private:
    awaitable<void> child(std::size_t number)
    {
        struct Leaving {
            ~Leaving() { left.notify(); }
            runtime::Notify& left;
        } const leaving{left_};
        co_await bells_[number].wait();
        co_await asio::post(runtime::use_tuple);
        heard_[number] = true;
    }

    runtime::Notify bells_[2];
    runtime::Notify left_;
    bool heard_[2] = {};
    bool at_home_ = true;
    runtime::TaskGroup children_;
};

TEST(TaskGroup, IsLeftByNoParentBeforeItsChildren)
{
    const Explored explored = cancel_everywhere<Family<true>>("task group");
    EXPECT_EQ(explored.failed, 0U) << explored.first;
#ifdef NDEBUG  // where assertions are on, the first bell that two wait for ends the program
    const Explored sabotaged = cancel_everywhere<Family<false>>("parents that only wait");
    EXPECT_NE(sabotaged.failed, 0U);
#endif
}

}  // namespace
}  // namespace mini_redis::tests
