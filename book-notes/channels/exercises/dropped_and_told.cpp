// A queue of two that never refuses: the oldest letter has to go. But its reader is told how many
// went before those that he gets.
#include "server/runtime/notify.hpp"
#include "tests/support/stepped.hpp"

#include <deque>
#include <utility>
#include <vector>

#include <gmock/gmock.h>

namespace {

using mini_redis::runtime::awaitable;

struct World : mini_redis::tests::Stepped {
    void send(int letter)
    {
        if (letters.size() == 2) drop_oldest();
        letters.push_back(letter);
        bell.notify();
    }
    void drop_oldest();
    awaitable<void> receive();
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
void World::drop_oldest()
{
    letters.pop_front();
}

awaitable<void> World::receive()
{
    const int before = lost;
    while (letters.empty()) co_await bell.wait();
    heard.push_back({before, std::exchange(letters, {})});
}

// The test:
TEST(DroppedAndTold, TellsOfEveryGapOnce)
{
    World world;
    world.tasks.spawn("reader", world.receive());
    world.settle();
    for (const int letter : {1, 2, 3, 4, 5}) world.send(letter);
    world.settle();
    world.tasks.spawn("reader", world.receive());
    world.settle();
    world.send(6);
    world.settle();
    ASSERT_EQ(world.heard.size(), 2);
    EXPECT_THAT(world.heard[0].letters, testing::ElementsAre(4, 5));
    EXPECT_EQ(world.heard[0].lost, 3) << "a gap, and nobody was told";
    EXPECT_THAT(world.heard[1].letters, testing::ElementsAre(6));
    EXPECT_EQ(world.heard[1].lost, 0) << "the same gap a second time";
}

}  // namespace
