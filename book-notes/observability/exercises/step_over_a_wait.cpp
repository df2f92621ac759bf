// Two batches are traced. What is logged bears the id that its thread has at that moment, and what
// a batch logs has to bear the batch's.
#include "server/observability/trace.hpp"
#include "tests/support/stepped.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include <gmock/gmock.h>

namespace {

using mini_redis::observability::SpanContext;
using mini_redis::observability::spanning;
using mini_redis::observability::Trace;
using mini_redis::runtime::awaitable;

struct World : mini_redis::tests::Stepped {
    World() { spanning = {}; }
    ~World() { spanning = {}; }
    void log(const char* line) { lines.push_back(line + std::to_string(spanning.span)); }
    awaitable<void> database() { return pause(std::chrono::seconds(1)); }
    std::vector<std::string> lines;
};

// Yours:
awaitable<void> serve(World& world, SpanContext batch)
{
    const Trace::Step step(batch);
    world.log("asks: ");
    co_await world.database();
    world.log("done: ");
}

// The test:
TEST(StepOverAWait, EachLineBearsTheIdOfItsBatch)
{
    World world;
    for (std::uint64_t id = 1; id <= 2; ++id) world.tasks.spawn("serve", serve(world, {0, 0, id}));
    world.settle();
    world.log("nobody's: ");
    world.advance(std::chrono::seconds(1));
    EXPECT_THAT(world.lines,
                testing::ElementsAre("asks: 1", "asks: 2", "nobody's: 0", "done: 1", "done: 2"))
        << "a line bears the id of somebody else";
}

}  // namespace
