// A name has to be found within a second, or "unknown" is good enough. The look-up itself takes as
// long as it takes: nobody can call it back.
#include "server/runtime/notify.hpp"
#include "server/runtime/race.hpp"
#include "tests/support/stepped.hpp"

#include <chrono>
#include <set>
#include <string>
#include <utility>

#include <gtest/gtest.h>

namespace {

namespace runtime = mini_redis::runtime;
using namespace std::chrono_literals;
using runtime::awaitable;

struct Place {
    explicit Place(runtime::Executor executor) : found(executor) { all.insert(this); }
    ~Place() { all.erase(this); }

    std::string address = "unknown";
    runtime::Notify found;
    static inline std::set<const Place*> all;
};

struct World : mini_redis::tests::Stepped {
    awaitable<void> resolve(std::string name, Place& place)
    {
        co_await runtime::asio::this_coro::reset_cancellation_state(
            runtime::asio::disable_cancellation());
        co_await pause(name == "far.example" ? 10s : 0s);
        EXPECT_TRUE(Place::all.contains(&place)) << "nobody is where the answer goes";
        if (!Place::all.contains(&place)) co_return;
        place.address = "10.0.0.1";
        place.found.notify();
    }
};

// Yours:
awaitable<std::string> look_up(World& world, std::string name)
{
    Place place(world.executor());
    auto resolving = world.resolve(name, place);
    co_await runtime::with_timeout(std::move(resolving), 1s, world.clock);
    co_return place.address;
}

// The test:
TEST(NobodyToCallBack, AClientIsToldWithinASecond)
{
    World world;
    std::string far, near;
    world.tasks.spawn("client", world.keep(look_up(world, "far.example"), far));
    world.tasks.spawn("client", world.keep(look_up(world, "near.example"), near));
    world.settle();
    EXPECT_EQ(near, "10.0.0.1");
    world.advance(1s);
    EXPECT_EQ(far, "unknown") << "it still waits after a second";
    world.advance(9s);
    EXPECT_EQ(world.tasks.size(), 0);
    EXPECT_TRUE(Place::all.empty());
}

}  // namespace
