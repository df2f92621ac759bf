// Two tasks send each other ten letters. There is room for two in a queue, and who finds it full
// waits.
#include "server/runtime/notify.hpp"
#include "server/runtime/semaphore.hpp"
#include "tests/support/stepped.hpp"

#include <deque>
#include <utility>

#include <gtest/gtest.h>

namespace {

namespace runtime = mini_redis::runtime;
using runtime::awaitable;

struct Queue {
    explicit Queue(const runtime::Executor& home) : room(home, 2), bell(home) {}
    awaitable<void> send_all()
    {
        for (int i = 0; i < 10; ++i) {
            runtime::Semaphore::Permit letter = co_await room.acquire();
            letters.push_back(std::move(letter));
            bell.notify();
        }
    }
    awaitable<void> receive_all()
    {
        for (; received < 10; ++received) {
            while (letters.empty()) co_await bell.wait();
            letters.pop_front();  // which makes room
        }
    }
    runtime::Semaphore room;
    std::deque<runtime::Semaphore::Permit> letters;
    runtime::Notify bell;
    int received = 0;
};

struct World : mini_redis::tests::Stepped {
    Queue to_ann{executor()}, to_bob{executor()};
};

// Yours:
awaitable<void> talk(World&, Queue& mine, Queue& yours)
{
    co_await yours.send_all();
    co_await mine.receive_all();
}

// The test:
awaitable<void> talk_and_look(World& world, Queue& mine, Queue& yours)
{
    co_await talk(world, mine, yours);
    EXPECT_EQ(mine.received, 10) << "it returned, and had not heard all";
}

TEST(CircleOfQueues, BothSayAllAndHearAll)
{
    World world;
    world.tasks.spawn("ann", talk_and_look(world, world.to_ann, world.to_bob));
    world.tasks.spawn("bob", talk_and_look(world, world.to_bob, world.to_ann));
    world.settle();
    EXPECT_EQ(world.tasks.size(), 0) << "both stand still";
    world.end();
}

awaitable<void> speak_first(Queue& mine, Queue& yours)
{
    co_await yours.send_all();
    co_await mine.receive_all();
}

TEST(CircleOfQueues, EitherHearsOneWhoSpeaksFirst)
{
    for (const bool ann : {true, false}) {
        World world;
        Queue& mine = ann ? world.to_ann : world.to_bob;
        Queue& yours = ann ? world.to_bob : world.to_ann;
        world.tasks.spawn("talk", talk_and_look(world, mine, yours));
        world.tasks.spawn("speak first", speak_first(yours, mine));
        world.settle();
        EXPECT_EQ(world.tasks.size(), 0) << "both stand still";
        world.end();
    }
}

}  // namespace
