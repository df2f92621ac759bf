// Letters go from a box to a socket. The task that carries them may be cancelled at any step, and
// another one goes on in its place.
#include "server/runtime/mailbox.hpp"
#include "tests/support/stepped.hpp"

#include <chrono>
#include <vector>

#include <gmock/gmock.h>

namespace {

using mini_redis::runtime::awaitable;

struct World : mini_redis::tests::Stepped {
    // Whether the socket has taken the letter: never two in the same second.
    bool write(int letter)
    {
        if (clock.now() < next) return false;
        next = clock.now() + std::chrono::seconds(1);
        written.push_back(letter);
        return true;
    }
    awaitable<void> room() { return pause(next - clock.now()); }
    mini_redis::runtime::Mailbox<int> box{executor(), 100, mini_redis::runtime::Overflow::refuse};
    mini_redis::runtime::Time::Point next{};
    std::vector<int> written;
};

// Yours:
awaitable<void> carry(World& world)
{
    while (!world.box.drained()) {
        while (const int* const first = world.box.front()) {
            const int letter = *first;
            world.box.pop();
            while (!world.write(letter)) co_await world.room();
        }
        co_await world.box.wait();
    }
}

// The test:
TEST(RoomInTheSocket, EveryLetterIsWrittenOnceWheneverTheTaskIsCancelled)
{
    for (int cancelled_after = 1; cancelled_after < 12; ++cancelled_after) {
        World world;
        for (const int letter : {1, 2, 3}) world.box.send(letter, 1);
        world.box.close();
        world.tasks.spawn("carry", carry(world));
        for (int i = 0; i < cancelled_after; ++i)
            if (!world.step()) world.clock.advance(std::chrono::seconds(1));
        world.end();
        world.tasks.spawn("carry", carry(world));
        world.settle();
        for (int i = 0; i < 3; ++i) world.advance(std::chrono::seconds(1));
        ASSERT_THAT(world.written, testing::ElementsAre(1, 2, 3))
            << "cancelled after step " << cancelled_after;
    }
}

}  // namespace
