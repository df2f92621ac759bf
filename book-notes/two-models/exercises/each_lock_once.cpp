// A command holds the locks of all the shards that its keys are in, and takes them one by one.
#include "server/runtime/semaphore.hpp"
#include "tests/support/stepped.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <vector>

#include <gmock/gmock.h>

namespace {

namespace runtime = mini_redis::runtime;
using runtime::Semaphore;
using Shards = std::vector<std::size_t>;

struct World : mini_redis::tests::Stepped {
    std::array<Semaphore, 3> locks{Semaphore(executor(), 1), Semaphore(executor(), 1),
                                   Semaphore(executor(), 1)};
    std::vector<std::size_t> held;  // how many locks each command had when it ran
};

// Yours:
void put_in_order(Shards& shards)
{
    shards.erase(std::unique(shards.begin(), shards.end()), shards.end());
}

// The test:
runtime::awaitable<void> command(World& world, Shards shards)
{
    put_in_order(shards);
    std::vector<Semaphore::Permit> permits;
    for (const std::size_t shard : shards) {
        permits.push_back(co_await world.locks[shard].acquire());
        co_await world.turns();  // others may come
    }
    world.held.push_back(permits.size());
}

TEST(EachLockOnce, OneThatNamesAKeyTwiceDoesNotWaitForItself)
{
    World world;
    world.tasks.spawn("TOUCH a b a", command(world, {0, 1, 0}));
    world.settle();
    EXPECT_EQ(world.tasks.size(), 0) << "waits for itself";
    EXPECT_THAT(world.held, testing::ElementsAre(2));
}

TEST(EachLockOnce, NobodyWaitsInACircle)
{
    World world;
    world.tasks.spawn("MSET a b", command(world, {0, 1}));
    world.tasks.spawn("MSET b c", command(world, {1, 2}));
    world.tasks.spawn("MSET c a", command(world, {2, 0}));
    world.settle();
    EXPECT_EQ(world.tasks.size(), 0) << "wait in a circle: " << world.tasks.size();
    EXPECT_THAT(world.held, testing::ElementsAre(2, 2, 2));
}

}  // namespace
