// Two owners, each with a stock and a mailbox. A client that asks one of them is told what both
// have.
#include "server/runtime/mailbox.hpp"
#include "tests/support/stepped.hpp"

#include <array>
#include <cstddef>
#include <vector>

#include <gmock/gmock.h>

namespace {

namespace runtime = mini_redis::runtime;
using runtime::awaitable;

struct Letter {
    enum Kind { how_many_in_all, how_many_have_you, i_have } kind;
    int number = 0;
};

struct World : mini_redis::tests::Stepped {
    using Box = runtime::Mailbox<Letter>;
    std::array<Box, 2> boxes{Box(executor(), 1000, runtime::Overflow::refuse),
                             Box(executor(), 1000, runtime::Overflow::refuse)};
    std::array<int, 2> stock{3, 4};
    std::vector<int> told;      // to clients
    std::array<int, 3> sent{};  // letters of each kind

    void send(std::size_t owner, Letter letter)
    {
        ++sent[letter.kind];
        boxes[owner].send(letter, 1);
    }
    awaitable<Letter> next(std::size_t owner)
    {
        Box& box = boxes[owner];
        while (box.front() == nullptr) co_await box.wait();
        const Letter letter = *box.front();
        box.pop();
        co_return letter;
    }
};

// Yours:
awaitable<void> owner(World& world, std::size_t me)
{
    for (;;) {
        Letter letter = co_await world.next(me);
        if (letter.kind == Letter::how_many_have_you)
            world.send(1 - me, {Letter::i_have, world.stock[me]});
        if (letter.kind != Letter::how_many_in_all) continue;
        world.send(1 - me, {Letter::how_many_have_you});
        do letter = co_await world.next(me);
        while (letter.kind != Letter::i_have);
        world.told.push_back(world.stock[me] + letter.number);
    }
}

// The test:
TEST(TwoOwners, AnswerEveryClientThoughBothAreAskedAtOnce)
{
    World world;
    for (const std::size_t me : {0U, 1U}) world.tasks.spawn("owner", owner(world, me));
    for (int i = 0; i < 3; ++i)
        for (const std::size_t me : {0U, 1U}) world.send(me, {Letter::how_many_in_all});
    world.settle();
    EXPECT_THAT(world.told, testing::ElementsAre(7, 7, 7, 7, 7, 7))
        << "clients that still wait: " << 6 - world.told.size();
    EXPECT_EQ(world.sent[Letter::i_have], 6) << "somebody has looked into the other one's stock";
    world.end();
}

}  // namespace
