// Letters go to another machine. What takes a letter out of the box and what puts it on the desk
// cannot be one step, and the session between them is cancelled at any step and begun again.
#include "tests/support/stepped.hpp"

#include <deque>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace {

using mini_redis::runtime::awaitable;

struct Letter {
    int number;
    std::string text;
};
using Desk = std::vector<Letter>;

void arrive(Desk& desk, const Letter& letter);  // over there

struct World : mini_redis::tests::Stepped {
    // Ends when the other machine has said that the letter is there.
    awaitable<void> send(const Letter& letter)
    {
        co_await turns();
        arrive(desk, letter);
        co_await turns();
    }
    std::deque<Letter> box{{1, "yes"}, {2, "yes"}, {3, "no"}};
    Desk desk;
};

// Yours:
void arrive(Desk& desk, const Letter& letter)
{
    desk.push_back(letter);
}
awaitable<void> session(World& world)
{
    while (!world.box.empty()) {
        const Letter letter = world.box.front();
        world.box.pop_front();
        co_await world.send(letter);
    }
}

// The test:
std::string on_the_desk(int cancelled_at)
{
    World world;
    for (int step = 0; step < 40; ++step) {
        if (step == cancelled_at) world.tasks.cancel();
        if (world.tasks.size() == 0 && !world.box.empty())
            world.tasks.spawn("session", session(world));
        world.step();
    }
    std::string letters;
    for (const Letter& letter : world.desk)
        letters += std::to_string(letter.number) + ":" + letter.text + " ";
    return letters;
}

TEST(SeenBefore, EachLetterIsThereOnce)
{
    EXPECT_EQ(on_the_desk(-1), "1:yes 2:yes 3:no ");
    for (int step = 0; step < 30; ++step)
        ASSERT_EQ(on_the_desk(step), "1:yes 2:yes 3:no ") << "letters, cancelled at step " << step;
}

}  // namespace
