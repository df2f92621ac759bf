// SCAN's promise: what is there from the first step to the last is returned, and here once,
// whatever else comes and goes meanwhile.
#include "tests/keyspace/world.hpp"

#include <atomic>
#include <map>
#include <random>
#include <set>
#include <thread>

#include <gtest/gtest.h>

namespace mini_redis::tests {
namespace {

using keyspace::Event;
using keyspace::Key;
using keyspace::Table;
using keyspace::Ttl;
using keyspace::View;

// Keys that stay, and others that come and go between the steps, so that tables grow and shrink.
class Turmoil {
public:
    explicit Turmoil(std::uint64_t seed) : chance_(seed)
    {
        const std::uint64_t count = roll(400);
        for (std::uint64_t i = 0; i < count; ++i) stay.insert("stays " + std::to_string(i));
    }

    std::uint64_t roll(std::uint64_t sides) { return chance_() % sides; }

    // A burst of insertions, of removals, or of both.
    template <class Put, class Remove>
    void rage(Put put, Remove remove)
    {
        const std::uint64_t removals = roll(3) * 50;
        for (std::uint64_t i = roll(2) * roll(2000); i > 0; --i) {
            const std::string key = "goes " + std::to_string(roll(3000));
            if (roll(100) < removals)
                remove(key);
            else
                put(key);
        }
    }

    std::set<std::string> stay;

private:
    std::mt19937_64 chance_;
};

TEST(Scan, OfATableSeesOnceWhatStays)
{
    for (std::uint64_t seed = 1; seed <= 100; ++seed) {
        Turmoil turmoil(seed);
        Table table;
        const auto put = [&](const std::string& key) {
            if (table.find(keyspace::hash_of(key), key)) return;
            keyspace::Entry* entry =
                keyspace::Entry::create(key, {.encoding = keyspace::Encoding::integer});
            table.make_room();
            table.insert(keyspace::hash_of(key), entry);
        };
        const auto remove = [&](const std::string& key) {
            if (const Table::Place place = table.find(keyspace::hash_of(key), key))
                keyspace::Entry::destroy(table.remove(place));
        };
        turmoil.rage(put, remove);
        for (const std::string& key : turmoil.stay) put(key);

        std::map<std::string, int> seen;
        Table::Position position = 0;
        while (position != Table::end) {
            const Table::Position before = position;
            position = table.scan(position, 1 + turmoil.roll(100),
                                  [&](const auto& entry) { ++seen[std::string(entry.key())]; });
            ASSERT_GT(position, before);
            turmoil.rage(put, remove);
            if (turmoil.roll(2) == 0) table.settle();
        }
        for (const std::string& key : turmoil.stay) ASSERT_EQ(seen[key], 1) << key << seed;
    }
}

TEST(Scan, OfADatabaseSeesOnceWhatStays)
{
    for (std::uint64_t seed = 1; seed <= 30; ++seed) {
        Turmoil turmoil(seed);
        World world;
        View view = world.view();
        const auto put = [&](const std::string& key) {
            view.set(Key(key), "1", Ttl::drop, Event::set);
        };
        const auto remove = [&](const std::string& key) { view.remove(Key(key)); };
        for (const std::string& key : turmoil.stay) put(key);

        std::map<std::string, int> seen;
        View::Cursor cursor = 0;
        do {
            cursor = view.scan(cursor, 1 + turmoil.roll(30),
                               [&](const auto& entry) { ++seen[std::string(entry.key())]; });
            ASSERT_LT(cursor, View::Cursor{1} << 53);
            turmoil.rage(put, remove);
            for (std::size_t shard = 0; shard < keyspace::shard_count; ++shard)
                if (turmoil.roll(8) == 0) view.with_table(shard, [](Table& t) { t.settle(); });
        } while (cursor != 0);
        for (const std::string& key : turmoil.stay) ASSERT_EQ(seen[key], 1) << key;
    }
}

TEST(Scan, SeesOnceWhatStaysWhileOtherThreadsWrite)
{
    keyspace::Keyspace keyspace(1, keyspace::Keyspace::Use::shared);
    std::atomic<bool> done{false};
    const auto act = [&](std::uint64_t seed, auto act_with) {
        keyspace::Local local(seed);
        keyspace::Locks locks(keyspace);
        View view(keyspace, local, locks, 0, 1);
        act_with(view, locks);
    };
    const auto set = [](View& view, keyspace::Locks& locks, const std::string& name) {
        const Key key(name);
        locks.take({&key, 1});
        view.set(key, "1", Ttl::drop, Event::set);
        locks.release();
    };
    std::set<std::string> stay;
    act(1, [&](View& view, keyspace::Locks& locks) {
        for (int i = 0; i < 5000; ++i) set(view, locks, *stay.insert(std::to_string(i)).first);
    });

    const auto write = [&](std::uint64_t seed) {
        act(seed, [&](View& view, keyspace::Locks& locks) {
            std::mt19937_64 chance(seed);
            while (!done) {
                const std::string name = "goes " + std::to_string(chance() % 20'000);
                set(view, locks, name);
                const Key key(name);
                locks.take({&key, 1});
                if (chance() % 2 == 0) view.remove(key);
                locks.release();
            }
        });
    };
    std::thread first(write, 2);
    std::thread second(write, 3);
    act(4, [&](View& view, keyspace::Locks&) {
        for (int round = 0; round < 5; ++round) {
            std::map<std::string, int> seen;
            View::Cursor cursor = 0;
            do {
                cursor = view.scan(cursor, 10,
                                   [&](const auto& entry) { ++seen[std::string(entry.key())]; });
            } while (cursor != 0);
            for (const std::string& key : stay) EXPECT_EQ(seen[key], 1) << key;
        }
    });
    done = true;
    first.join();
    second.join();
}

TEST(Scan, LeavesOutWhatHasExpired)
{
    World world;
    for (int i = 0; i < 100; ++i) {
        const std::string name = std::to_string(i);
        world.view().set(Key(name), "1", Ttl::drop, Event::set);
        if (i % 2 == 0) world.view().expire_at(Key(name), world.now + 10);
    }
    world.now += 11;
    int seen = 0;
    EXPECT_EQ(world.view().scan(0, 1'000'000, [&](const auto&) { ++seen; }), 0U);
    EXPECT_EQ(seen, 50);
}

TEST(Scan, GoesAboutAsFarAsItIsAsked)
{
    World world;
    for (int i = 0; i < 20'000; ++i)
        world.view().set(Key(std::to_string(i)), "1", Ttl::drop, Event::set);
    for (const std::size_t count : {1U, 10U, 100U, 1000U}) {
        std::size_t seen = 0;
        EXPECT_NE(world.view().scan(0, count, [&](const auto&) { ++seen; }), 0U);
        EXPECT_GE(seen, count);
        EXPECT_LE(seen, count * 3 + 10);  // some keys share a place
    }
}

TEST(Scan, EndsAtOnceBeyondTheEnd)
{
    World world;
    world.view().set(Key("a"), "1", Ttl::drop, Event::set);
    int seen = 0;
    EXPECT_EQ(world.view().scan(~View::Cursor{0}, 10, [&](const auto&) { ++seen; }), 0U);
    EXPECT_EQ(seen, 0);
}

}  // namespace
}  // namespace mini_redis::tests
