// A query needs the one connection there is, and then the database. How long has each part taken?
#include "server/runtime/semaphore.hpp"
#include "tests/support/stepped.hpp"

#include <chrono>

#include <gtest/gtest.h>

namespace {

namespace runtime = mini_redis::runtime;
using runtime::awaitable;
using std::chrono::seconds;

struct World : mini_redis::tests::Stepped {
    awaitable<void> database(seconds takes) { return pause(takes); }
    int now() const
    {
        return static_cast<int>(std::chrono::duration_cast<seconds>(clock.now() - start).count());
    }
    runtime::Semaphore connections{executor(), 1};
    runtime::Time::Point start = clock.now();
};

// In seconds.
struct Span {
    int whole = 0, for_connection = 0, for_database = 0;
};

// Yours:
awaitable<void> query(World& world, Span& span, seconds takes)
{
    const runtime::Semaphore::Permit permit = co_await world.connections.acquire();
    const int began = world.now();
    co_await world.database(takes);
    span.whole = span.for_database = world.now() - began;
}

// The test:
TEST(AnHourUnseen, IsInTheSpanOfWhoHasWaited)
{
    World world;
    Span bob, cid;
    world.tasks.spawn("bob", query(world, bob, seconds(3600)));
    world.settle();
    world.advance(seconds(60));
    world.tasks.spawn("cid", query(world, cid, seconds(1)));
    world.settle();
    world.advance(seconds(3540));
    world.advance(seconds(1));
    EXPECT_EQ(bob.whole, 3600);
    EXPECT_EQ(bob.for_connection, 0);
    EXPECT_EQ(bob.for_database, 3600);
    EXPECT_EQ(cid.whole, 3541) << "Cid has waited an hour, and his span says nothing of it";
    EXPECT_EQ(cid.for_connection, 3540);
    EXPECT_EQ(cid.for_database, 1) << "and the database was quick";
}

}  // namespace
