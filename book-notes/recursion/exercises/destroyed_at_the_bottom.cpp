// Two thousand levels of something are entered, and left again when a bell rings. But nobody rings:
// who waits is destroyed where it is.
#include "server/runtime/notify.hpp"
#include "tests/support/stepped.hpp"

#include <algorithm>
#include <cstdint>
#include <list>

#include <gtest/gtest.h>

namespace {

using mini_redis::runtime::awaitable;

struct World : mini_redis::tests::Stepped {
    static std::uintptr_t here()
    {
        return reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0));
    }
    mini_redis::runtime::Notify bell{executor()};
    int inside = 0;
    int most_inside = 0;
    std::uintptr_t stack_lowest = here();
};

// Is inside of one level as long as it lives.
struct Level {
    explicit Level(World& in) : world(in)
    {
        world.most_inside = std::max(world.most_inside, ++world.inside);
    }
    Level(const Level&) = delete;
    Level& operator=(const Level&) = delete;
    ~Level()
    {
        --world.inside;
        world.stack_lowest = std::min(world.stack_lowest, World::here());
    }
    World& world;
};

// Yours:
awaitable<void> descend(World& world, int left)
{
    const Level level(world);
    if (left != 1)
        co_await descend(world, left - 1);
    else
        co_await world.bell.wait();
}

// The test:
TEST(DestroyedAtTheBottom, LeavesAllLevelsWithoutAStackOfThem)
{
    constexpr int levels = 2'000;
    World world;
    const std::uintptr_t base = World::here();
    world.tasks.spawn("descend", descend(world, levels));
    world.settle();
    EXPECT_EQ(world.inside, levels);
    world.bell.abandon();
    world.settle();
    EXPECT_EQ(world.inside, 0);
    EXPECT_EQ(world.most_inside, levels);
    EXPECT_LT(base - world.stack_lowest, std::uintptr_t{16} * levels)
        << "destroyed by a call for each level";
}

}  // namespace
