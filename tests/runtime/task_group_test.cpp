// Tasks, stepped by hand.
#include "server/runtime/task_group.hpp"

#include "server/runtime/io_thread.hpp"

#include <stdexcept>
#include <string>

#include <gtest/gtest.h>

namespace mini_redis::tests {
namespace {

using runtime::awaitable;

struct Group {
    runtime::IoThread thread;
    std::string faults;
    runtime::TaskGroup tasks{thread.executor(), [this](std::string_view task, const auto&) {
                                 faults += std::string(task) + ";";
                             }};

    void step() { thread.context().poll(); }
};

awaitable<void> wait_for(runtime::Notify& bell, int& passed)
{
    co_await bell.wait();
    ++passed;
}

awaitable<void> fail()
{
    throw std::runtime_error("a fault");
    co_return;
}

awaitable<void> join(runtime::TaskGroup& tasks, bool& joined)
{
    co_await tasks.join();
    joined = true;
}

TEST(TaskGroup, IsJoinedWhenTheLastTaskEnds)
{
    Group group;
    Group waiter;
    runtime::Notify bell(group.thread.executor());
    int passed = 0;
    bool joined = false;
    group.tasks.spawn("waits", wait_for(bell, passed));
    waiter.tasks.spawn("joins", join(group.tasks, joined));
    group.step();
    waiter.step();
    EXPECT_EQ(group.tasks.size(), 1U);
    EXPECT_FALSE(joined);
    bell.notify();
    group.step();
    waiter.step();
    EXPECT_EQ(passed, 1);
    EXPECT_EQ(group.tasks.size(), 0U);
    group.step();
    waiter.step();
    EXPECT_TRUE(joined);
}

TEST(TaskGroup, NamesTheTaskThatFailed)
{
    Group group;
    group.tasks.spawn("doomed", fail());
    group.step();
    EXPECT_EQ(group.faults, "doomed;");
    EXPECT_EQ(group.tasks.size(), 0U);
}

TEST(Notify, IsRememberedOnceWhenNobodyWaits)
{
    Group group;
    runtime::Notify bell(group.thread.executor());
    int passed = 0;
    bell.notify();
    bell.notify();
    group.tasks.spawn("first", wait_for(bell, passed));
    group.step();
    EXPECT_EQ(passed, 1);
    group.tasks.spawn("second", wait_for(bell, passed));
    group.step();
    EXPECT_EQ(passed, 1);
    bell.notify();
    group.step();
    EXPECT_EQ(passed, 2);
}

}  // namespace
}  // namespace mini_redis::tests
