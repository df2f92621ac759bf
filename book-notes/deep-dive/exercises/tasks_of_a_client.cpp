// How many tasks is one client: while it is silent, while its GET is answered, while a long reply
// waits for it, and when it has read that? The server that you ask is the real one.
#include "tests/support/world.hpp"

#include <array>
#include <cstddef>

#include <gtest/gtest.h>

namespace {

using namespace mini_redis;

std::array<std::size_t, 4> tasks_counted()
{
    tests::World world;
    const std::size_t others = world.worker().tasks().size();
    const auto tasks = [&] { return world.worker().tasks().size() - others; };
    tests::WorldClient client(world);
    client.round_trip("SETRANGE long 1000000 x\r\n");
    std::array<std::size_t, 4> counted{};
    counted[0] = tasks();
    client.round_trip("GET none\r\n");
    counted[1] = tasks();
    client.send("GET long\r\n");
    world.step();
    counted[2] = tasks();
    while (!client.receive().empty()) world.step();
    counted[3] = tasks();
    return counted;
}

// Yours:
constexpr std::array<std::size_t, 4> tasks{0, 0, 0, 0};  // silent, answered, owed, read

// The test:
TEST(TasksOfAClient, AreAsManyAsWaitForSomething)
{
    const std::array<const char*, 4> moments{"silent", "answered", "owed", "read"};
    const std::array<std::size_t, 4> counted = tasks_counted();
    for (std::size_t i = 0; i < moments.size(); ++i)
        EXPECT_TRUE(counted[i] == tasks[i]) << moments[i] << ": it is another number";
}

}  // namespace
