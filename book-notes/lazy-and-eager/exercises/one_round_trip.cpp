// This project's client, a network that the test owns, and three values. What is asked for in one
// turn of the loop leaves in one write.
#include "server/runtime/task_group.hpp"
#include "tests/client/world.hpp"

#include <array>
#include <string>
#include <utility>
#include <vector>

namespace {

namespace runtime = mini_redis::runtime;
using mini_redis::tests::ClientWorld;
using runtime::awaitable;
using Values = std::array<std::string, 3>;

awaitable<void> get(ClientWorld& world, std::string key, std::string& value)
{
    const auto answer = co_await world.client->get(key);
    value = answer.value().value_or("none");
}

// Yours:
awaitable<void> get_all(ClientWorld& world, Values& values)
{
    std::vector<awaitable<void>> gets;
    gets.push_back(get(world, "a", values[0]));
    gets.push_back(get(world, "b", values[1]));
    gets.push_back(get(world, "c", values[2]));
    for (awaitable<void>& each : gets) co_await std::move(each);
}

// The test:
awaitable<void> get_and_show(ClientWorld& world, Values& shown)
{
    Values values;
    co_await get_all(world, values);
    shown = values;
}

TEST(OneRoundTrip, IsEnoughForAllThree)
{
    ClientWorld world;
    ASSERT_EQ(world.value_of("w"), "ww");  // it is connected
    const int before = world.network.writes;
    runtime::TaskGroup tasks(world.context.get_executor(), [](auto, const auto&) {});
    Values shown;
    tasks.spawn("get and show", get_and_show(world, shown));
    world.settle();
    EXPECT_THAT(shown, testing::ElementsAre("aa", "bb", "cc"));
    const int trips = world.network.writes - before;
    for (const char* asked : {"GET a", "GET b", "GET c"})
        EXPECT_EQ(world.network.server.executed[asked], 1) << asked;
    EXPECT_EQ(trips, 1) << "round trips: " << trips;
}

}  // namespace
