// Three parts of one answer. The second fails, and without it the others are of no use: but the
// third takes an hour.
#include "tests/support/stepped.hpp"

#include <chrono>
#include <stdexcept>

#include <gtest/gtest.h>

namespace {

using namespace std::chrono_literals;
using mini_redis::runtime::awaitable;
using mini_redis::runtime::TaskGroup;

struct Parts : mini_redis::tests::Stepped {
    awaitable<void> part(std::chrono::seconds takes, bool fails)
    {
        ++begun;
        co_await pause(takes);
        if (fails) throw std::runtime_error("no such part");
    }
    int begun = 0;
};

// Yours:
awaitable<void> fetch(Parts& parts)
{
    TaskGroup group(parts.executor(), [&](auto task, const auto&) { parts.note(task); });
    group.spawn("first", parts.part(1s, false));
    group.spawn("second", parts.part(1s, true));
    group.spawn("third", parts.part(3600s, false));
    co_await group.join();
    if (group.first_fault()) group.cancel();
}

// The test:
TEST(AllOrNone, TheFirstFaultEndsTheOthers)
{
    Parts parts;
    parts.tasks.spawn("fetch", fetch(parts));
    parts.settle();
    parts.advance(1s);
    EXPECT_EQ(parts.tasks.size(), 0) << "still waiting for the third part";
    EXPECT_EQ(parts.begun, 3);
    EXPECT_EQ(parts.faults, "second;");
    EXPECT_EQ(parts.clock.pending(), 0) << "an alarm is set for the third part";
    parts.advance(3600s);
}

}  // namespace
