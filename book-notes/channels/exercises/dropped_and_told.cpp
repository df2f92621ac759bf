// A queue of two that never refuses: the oldest letter has to go. But its reader is told how many
// went before those that he gets.
#include "server/runtime/notify.hpp"
#include "tests/support/stepped.hpp"

#include <deque>

#include <gmock/gmock.h>

namespace {

using mini_redis::runtime::awaitable;

struct World : mini_redis::tests::Stepped {
    struct Heard {
        int lost;
        std::deque<int> letters;
    };
    std::deque<int> letters;
    int lost = 0;
    mini_redis::runtime::Notify bell{executor()};
    std::vector<Heard> heard;
};

// Yours:
void send(World& world, int letter)
{
    if (world.letters.size() == 2) world.letters.pop_front();
    world.letters.push_back(letter);
    world.bell.notify();
}

awaitable<void> receive(World& world)
{
    const int lost = world.lost;
    while (world.letters.empty()) co_await world.bell.wait();
    world.heard.push_back({lost, std::exchange(world.letters, {})});
}

// The test:
TEST(DroppedAndTold, TellsOfEveryGapOnce)
{
    World world;
    world.tasks.spawn("reader", receive(world));
    world.settle();
    for (const int letter : {1, 2, 3, 4, 5}) send(world, letter);
    world.settle();
    world.tasks.spawn("reader", receive(world));
    world.settle();
    send(world, 6);
    world.settle();
    ASSERT_EQ(world.heard.size(), 2);
    EXPECT_THAT(world.heard[0].letters, testing::ElementsAre(4, 5));
    EXPECT_EQ(world.heard[0].lost, 3) << "a gap, and nobody was told";
    EXPECT_THAT(world.heard[1].letters, testing::ElementsAre(6));
    EXPECT_EQ(world.heard[1].lost, 0) << "the same gap a second time";
}

}  // namespace
