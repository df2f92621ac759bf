// A loop over the pages of a file on a slow disk, and beside it a heart that beats every 10 ms.
#include "tests/support/stepped.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <utility>

#include <gtest/gtest.h>

namespace {

using mini_redis::runtime::awaitable;
using namespace std::chrono_literals;

constexpr std::size_t pages = 8;

struct World : mini_redis::tests::Stepped {
    // One byte of the mapped file. Whoever touches a page that is not there stands still.
    char touch(std::size_t page)
    {
        if (!std::exchange(there[page], true)) clock.advance(30ms);
        return 'x';
    }

    // The same page, brought by a thread that serves nobody.
    awaitable<void> bring(std::size_t page)
    {
        co_await pause(30ms);
        there[page] = true;
    }

    awaitable<void> beat()
    {
        while (found < pages) {
            const auto before = clock.now();
            co_await pause(10ms);
            longest = std::max(longest, (clock.now() - before) / 1ms);
        }
    }

    std::array<bool, pages> there{};
    std::size_t found = 0;
    long longest = 0;
};

// Yours:
awaitable<void> count(World& world)
{
    for (std::size_t page = 0; page < pages; ++page) world.found += world.touch(page) == 'x';
    co_return;
}

// The test:
TEST(VisibleWait, TheHeartBeatsOn)
{
    World world;
    world.tasks.spawn("beat", world.beat());
    world.tasks.spawn("count", count(world));
    world.settle();
    for (int ms = 0; ms < 1000 && world.tasks.size() != 0; ++ms) world.advance(1ms);
    EXPECT_EQ(world.found, pages);
    EXPECT_LE(world.longest, 10) << "the heart stood still for " << world.longest << " ms";
}

}  // namespace
