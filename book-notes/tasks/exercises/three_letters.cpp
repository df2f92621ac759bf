// A disk on which each saving takes a second. Three letters are to be saved, in their order.
#include "tests/support/stepped.hpp"

#include <chrono>
#include <string>

#include <gtest/gtest.h>

namespace {

namespace runtime = mini_redis::runtime;
using runtime::awaitable;

struct World : mini_redis::tests::Stepped {
    awaitable<void> save(std::string text)
    {
        co_await pause(std::chrono::seconds(1));
        disk += text;
        ++savings;
    }
    std::string disk;
    int savings = 0;
};

// Yours:
awaitable<void> three_letters(World& world)
{
    for (const char* letter : {"x", "y", "z"}) const auto saved = world.save(letter);
    co_return;
}

// The test:
awaitable<void> save_and_look(World& world, std::string& seen)
{
    co_await three_letters(world);
    seen = world.disk;
}

TEST(ThreeLetters, AreSavedInOneSecond)
{
    World world;
    std::string seen;
    world.tasks.spawn("save and look", save_and_look(world, seen));
    const int seconds = world.seconds_until_idle();
    EXPECT_EQ(seen, "xyz") << "on the disk: '" << seen << "'";
    EXPECT_EQ(world.savings, 3) << "letters saved, each by itself";
    EXPECT_EQ(seconds, 1);
}

}  // namespace
