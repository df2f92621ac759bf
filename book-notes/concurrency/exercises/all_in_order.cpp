// Pages are fetched from slow servers. It should not take longer than the slowest of them.
#include "tests/support/stepped.hpp"

#include <array>
#include <chrono>
#include <cstddef>
#include <string>

#include <gmock/gmock.h>

namespace {

namespace runtime = mini_redis::runtime;
using runtime::awaitable;
using Pages = std::array<std::string, 3>;

struct World : mini_redis::tests::Stepped {
    // Page 0 takes longest, page 1 a second less, page 2 two.
    awaitable<void> fetch(std::size_t which, std::string& page)
    {
        co_await pause(std::chrono::seconds(slowest - which));
        page = "page " + std::to_string(which);
    }
    unsigned slowest = 3;
};

// Yours:
awaitable<void> fetch_all(World& world, Pages& pages)
{
    for (std::size_t i = 0; i < pages.size(); ++i) co_await world.fetch(i, pages[i]);
}

// The test:
awaitable<void> fetch_and_show(World& world, Pages& pages, Pages& shown)
{
    co_await fetch_all(world, pages);
    shown = pages;
}

TEST(AllInOrder, TakesAsLongAsTheSlowest)
{
    World world;
    Pages pages, shown;
    world.tasks.spawn("fetch and show", fetch_and_show(world, pages, shown));
    const int seconds = world.seconds_until_idle();
    EXPECT_THAT(shown, testing::ElementsAre("page 0", "page 1", "page 2"));
    EXPECT_EQ(seconds, 3) << "took " << seconds << " s";
}

TEST(AllInOrder, WaitsForTheSlowestAndNotForAWhile)
{
    World world;
    world.slowest = 9;
    Pages pages, shown;
    world.tasks.spawn("fetch and show", fetch_and_show(world, pages, shown));
    world.seconds_until_idle();
    EXPECT_THAT(shown, testing::ElementsAre("page 0", "page 1", "page 2"));
}

}  // namespace
