// An answer comes by way of a loop, and the handler that is to bring it waits behind the
// one who waits for it.
#include "server/runtime/notify.hpp"
#include "tests/support/stepped.hpp"

#include <chrono>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <utility>

#include <gtest/gtest.h>

namespace {

namespace runtime = mini_redis::runtime;
using runtime::awaitable;
using namespace std::chrono_literals;

struct World : mini_redis::tests::Stepped {
    // Calls `told` on the loop, three seconds later; or sooner, if all is to end.
    void begin(std::function<void(int)> told) { tasks.spawn("answer", answer(std::move(told))); }
    awaitable<void> answer(std::function<void(int)> told)
    {
        co_await pause(3s);
        told(42);
    }
};

// Yours:
awaitable<int> ask(World& world)
{
    const auto promise = std::make_shared<std::promise<int>>();
    std::future<int> answer = promise->get_future();
    world.begin([promise](int number) { promise->set_value(number); });
    co_return answer.wait_for(0ms) == std::future_status::ready ? answer.get() : -1;
}

// The test:
TEST(BehindItsBringer, NobodyHoldsTheLoopOrTurnsItForNothing)
{
    World world;
    int told = 0, steps = 0;
    world.tasks.spawn("client", world.keep(ask(world), told));
    for (; steps < 50 && world.step(); ++steps) continue;
    for (const auto seconds : {1s, 2s}) {
        EXPECT_EQ(told, 0) << "told too early: " << told;
        world.clock.advance(seconds);
        for (; steps < 100 && world.step(); ++steps) continue;
    }
    EXPECT_EQ(told, 42);
    EXPECT_LT(steps, 50) << "it looks again and again";
}

TEST(BehindItsBringer, AnAnswerMayComeWhenWhoAskedHasGone)
{
    World world;
    int told = 0;
    world.tasks.spawn("client", world.keep(ask(world), told));
    world.settle();
    world.end();
    EXPECT_EQ(told, 0) << "told something else: " << told;
    EXPECT_EQ(world.tasks.size(), 0);
}

}  // namespace
