// Two clients increment a number whose shard is locked for that. One of them reads his reply
// slowly.
#include "server/runtime/semaphore.hpp"
#include "tests/support/stepped.hpp"

#include <chrono>

#include <gtest/gtest.h>

namespace {

using namespace std::chrono_literals;
using mini_redis::runtime::awaitable;
using Lock = mini_redis::runtime::Semaphore::Permit;

struct World : mini_redis::tests::Stepped {
    mini_redis::runtime::Semaphore shard{executor(), 1};
    int number = 0;
};

struct Client {
    // Returns when the kernel has taken the reply: that is when the client likes.
    awaitable<void> write(int reply)
    {
        co_await world.pause(slowness);
        told = reply;
    }
    World& world;
    std::chrono::seconds slowness;
    int told = 0;
};

// Yours:
awaitable<void> increment(World& world, Client& client)
{
    const Lock lock = co_await world.shard.acquire();
    ++world.number;
    co_await client.write(world.number);
}

// The test:
TEST(HeldWhileItWaits, NobodyIsHeldUpByASlowClient)
{
    World world;
    Client slow{world, 3600s}, quick{world, 1s};
    for (Client* const client : {&slow, &quick})
        world.tasks.spawn("increment", increment(world, *client));
    world.settle();
    world.advance(1s);
    EXPECT_EQ(quick.told, 2) << "the lock is held for as long as somebody else likes";
    world.advance(3600s);
    EXPECT_EQ(slow.told, 1) << "his reply is somebody else's";
    world.end();
}

TEST(HeldWhileItWaits, NobodyTouchesAShardThatIsLocked)
{
    World world;
    Client client{world, 0s};
    Lock lock;
    world.tasks.spawn("somebody else", world.keep(world.shard.acquire(), lock));
    world.settle();
    world.tasks.spawn("increment", increment(world, client));
    world.settle();
    EXPECT_EQ(world.number, 0) << "there was a lock on it";
    lock.release();
    world.settle();
    EXPECT_EQ(client.told, 1);
}

}  // namespace
