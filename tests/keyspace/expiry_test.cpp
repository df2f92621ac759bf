// Active expiry: what has expired goes, with nobody asking, and nothing else does.
#include "server/keyspace/expiry.hpp"

#include "tests/keyspace/world.hpp"

#include <gtest/gtest.h>

namespace mini_redis::tests {
namespace {

using keyspace::Event;
using keyspace::Key;
using keyspace::Sweeper;
using keyspace::Ttl;
using keyspace::View;

constexpr int rounds_once_around = 4;

// Every third key lives for ever, every third until `now` + 10, every third for longer.
void fill(World& world, int keys)
{
    for (unsigned database = 0; database < world.keyspace.databases(); ++database)
        for (int i = 0; i < keys; ++i) {
            View view = world.view(database);
            const std::string name = std::to_string(i);
            view.set(Key(name), "1", Ttl::drop, Event::set);
            if (i % 3 != 0) view.expire_at(Key(name), world.now + (i % 3 == 1 ? 10 : 11));
        }
    world.take_events();
}

TEST(Sweeper, RemovesWhatHasExpiredAndOnlyThat)
{
    World world;
    constexpr int keys = 3000;
    fill(world, keys);
    world.now += 11;
    Sweeper sweeper(world.keyspace, world.local, 0, 1);
    for (int i = 0; i < rounds_once_around; ++i) sweeper.run(world.now, [] { return 0; });

    EXPECT_EQ(world.local.expired.get(), 3U * keys / 3);
    EXPECT_EQ(world.take_events().size(), 3U * keys / 3);
    for (unsigned database = 0; database < world.keyspace.databases(); ++database) {
        EXPECT_EQ(world.view(database).size(), 2U * keys / 3);
        for (int i = 0; i < keys; ++i)
            EXPECT_EQ(world.view(database).peek(Key(std::to_string(i))) != nullptr, i % 3 != 1);
    }
}

TEST(Sweeper, TakesSeveralStepsForALargeTable)
{
    World world;
    std::vector<std::string> names;  // all of one shard
    for (int i = 0; names.size() < 3000; ++i)
        if (Key(std::to_string(i)).shard() == 5) names.push_back(std::to_string(i));
    for (const std::string& name : names) {
        world.view().set(Key(name), "1", Ttl::drop, Event::set);
        world.view().expire_at(Key(name), world.now + 1);
    }
    world.now += 2;
    Sweeper sweeper(world.keyspace, world.local, 5, keyspace::shard_count);
    int steps = 0;
    sweeper.run(world.now, [&] { return ++steps, 0; });
    EXPECT_EQ(world.view().size(), 0U);
    EXPECT_GE(steps, 4);
}

TEST(Sweeper, KeepsToItsShare)
{
    World world;
    fill(world, 3000);
    world.now += 11;
    Sweeper sweeper(world.keyspace, world.local, 1, 2);
    for (int i = 0; i < rounds_once_around; ++i) sweeper.run(world.now, [] { return 0; });
    for (int i = 1; i < 3000; i += 3) {
        const std::string name = std::to_string(i);
        const Key key(name);
        world.view().with_table(key.shard(), [&](const keyspace::Table& table) {
            EXPECT_EQ(static_cast<bool>(table.find(key.hash, key.name)), key.shard() % 2 == 0);
        });
    }
}

TEST(Sweeper, StopsWhenItsTimeIsUp)
{
    World world;
    fill(world, 30'000);
    world.now += 11;
    Sweeper sweeper(world.keyspace, world.local, 0, 1);
    int steps = 0;
    sweeper.run(world.now, [&] { return ++steps * 5000; });  // worth going on: a third has expired
    EXPECT_EQ(steps, 6);
    world.now -= 11;
    steps = 0;
    sweeper.run(world.now, [&] { return ++steps * 500; });
    EXPECT_EQ(steps, 3);
}

TEST(Sweeper, LetsTablesShrink)
{
    World world;
    for (int i = 0; i < 100'000; ++i)
        world.view().set(Key(std::to_string(i)), "1", Ttl::drop, Event::set);
    for (int i = 0; i < 100'000; ++i) world.view().remove(Key(std::to_string(i)));
    Sweeper sweeper(world.keyspace, world.local, 0, 1);
    for (int i = 0; i < rounds_once_around; ++i) sweeper.run(world.now, [] { return 0; });
    std::size_t slots = 0;
    world.view().each_table([&](std::size_t, const auto& table) { slots += table.slots(); });
    EXPECT_EQ(slots, 0U);
}

}  // namespace
}  // namespace mini_redis::tests
