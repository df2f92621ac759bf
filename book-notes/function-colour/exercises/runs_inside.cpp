// A function for those who may wait: it returns when the answer is there. Handlers call it, too.
#include "tests/support/stepped.hpp"

#include <chrono>
#include <optional>
#include <string>

#include <gtest/gtest.h>

namespace {

using namespace std::chrono;
using mini_redis::runtime::awaitable;
using mini_redis::tests::Stepped;
using Answer = std::optional<std::string>;

// The answer takes so long, and goes by way of whatever loop this coroutine runs on.
awaitable<void> answer(Stepped& world, seconds delay, Answer& place)
{
    mini_redis::runtime::Alarm alarm(co_await mini_redis::runtime::asio::this_coro::executor,
                                     world.clock);
    co_await alarm.wait_for(delay);
    place = "done";
}

// Yours:
std::string get(Stepped& world, seconds delay)
{
    Answer place;
    world.tasks.spawn("answer", answer(world, delay, place));
    while (!place)
        if (!world.step()) world.clock.advance(seconds(1));
    return *place;
}

// The test:
TEST(RunsInside, NobodyElseRunsInTheMiddleOfACall)
{
    Stepped world;
    const auto start = world.clock.now();
    std::string log;
    const auto handler = [&](const char* name, seconds delay) {
        log += std::string(name) + " asks, ";
        EXPECT_EQ(get(world, delay), "done");
        const auto now = duration_cast<seconds>(world.clock.now() - start);
        log += std::string(name) + " has it after " + std::to_string(now.count()) + " s, ";
    };
    world.thread().post([&] { handler("Ann", seconds(1)); });
    world.thread().post([&] { handler("Bob", seconds(10)); });
    world.settle();
    EXPECT_EQ(log, "Ann asks, Ann has it after 1 s, Bob asks, Bob has it after 11 s, ");
}

}  // namespace
