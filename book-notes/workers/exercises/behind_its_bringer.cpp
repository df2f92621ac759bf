// An answer comes by way of a loop, and the handler that is to bring it waits behind who waits for
// it.
#include "server/runtime/notify.hpp"
#include "tests/support/stepped.hpp"

#include <chrono>
#include <functional>
#include <future>
#include <memory>
#include <utility>

#include <gtest/gtest.h>

namespace {

namespace runtime = mini_redis::runtime;
using runtime::awaitable;
using namespace std::chrono_literals;

struct World : mini_redis::tests::Stepped {
    // Calls `told` on the loop, a second later.
    void begin(std::function<void(int)> told) { tasks.spawn("answer", answer(std::move(told))); }
    awaitable<void> answer(std::function<void(int)> told)
    {
        co_await pause(1s);
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
    EXPECT_EQ(told, 0) << "told too early: " << told;
    world.clock.advance(1s);
    for (; steps < 100 && world.step(); ++steps) continue;
    EXPECT_EQ(told, 42);
    EXPECT_LT(steps, 50) << "it looks again and again";
}

}  // namespace
