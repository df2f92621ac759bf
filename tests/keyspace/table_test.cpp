// A table against a model: whatever is done to it in whatever order, it holds what it should.
#include "server/keyspace/table.hpp"

#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace mini_redis::keyspace {
namespace {

// A table with what ought to be in it: whether each key has an expiry.
class Checked {
public:
    explicit Checked(std::uint64_t seed) : chance_(seed) {}

    std::uint64_t roll(std::uint64_t sides) { return chance_() % sides; }
    std::string any_key(std::uint64_t keys) { return "key " + std::to_string(roll(keys)); }

    void put(const std::string& key, bool expires)
    {
        const Hash hash = hash_of(key);
        const Table::Place found = table.find(hash, key);
        ASSERT_EQ(static_cast<bool>(found), model.contains(key)) << key;
        Entry* entry = Entry::create(key, {.encoding = Encoding::integer, .expires = expires});
        entry->set_integer(0);
        if (expires) entry->set_expiry(1);
        Table::Place place = found;
        if (found) {
            Entry::destroy(found.entry());
            table.replace(found, entry);
        } else {
            table.make_room();
            place = table.insert(hash, entry);
        }
        EXPECT_EQ(place.entry(), entry);
        model[key] = expires;
    }

    void remove(const std::string& key)
    {
        const Table::Place found = table.find(hash_of(key), key);
        ASSERT_EQ(static_cast<bool>(found), model.erase(key) == 1) << key;
        if (found) Entry::destroy(table.remove(found));
    }

    void check()
    {
        ASSERT_EQ(table.size(), model.size());
        std::size_t expiring = 0;
        for (const auto& [key, expires] : model) {
            expiring += expires ? 1 : 0;
            const Table::Place place = table.find(hash_of(key), key);
            ASSERT_TRUE(place) << key;
            EXPECT_EQ(place.entry()->key(), key);
        }
        EXPECT_EQ(table.expiring(), expiring);
        std::map<std::string, bool> seen;
        table.each([&](const Entry& entry) {
            EXPECT_TRUE(seen.emplace(entry.key(), entry.expires()).second) << entry.key();
        });
        EXPECT_EQ(seen, model);
    }

    Table table;
    std::map<std::string, bool> model;

private:
    std::mt19937_64 chance_;
};

// Phases of growth and decline, upkeep only now and then.
TEST(Table, HoldsWhatItShould)
{
    for (std::uint64_t seed = 1; seed <= 30; ++seed) {
        Checked it(seed);
        for (int phase = 0; phase < 12; ++phase) {
            const std::uint64_t keys = 1 + it.roll(3000);
            const std::uint64_t removals = it.roll(101);
            const std::uint64_t upkeep = it.roll(2) * it.roll(200);
            for (int step = 0; step < 500; ++step) {
                if (it.roll(100) < removals)
                    it.remove(it.any_key(keys));
                else
                    it.put(it.any_key(keys), it.roll(2) == 0);
                if (it.roll(1000) < upkeep) it.table.settle();
            }
            it.check();
        }
    }
}

TEST(Table, TakesInsertionsWhileItShrinks)
{
    Checked it(1);
    for (int i = 0; i < 5000; ++i) it.put(std::to_string(i), false);
    for (int i = 0; i < 4997; ++i) it.remove(std::to_string(i));
    it.table.settle();
    ASSERT_TRUE(it.table.growing());
    for (int i = 0; i < 5000; ++i) it.put(std::to_string(i), false);
    it.check();
}

TEST(Table, GivesItsSlotsBackWhenItHasEmptied)
{
    Checked it(1);
    for (int i = 0; i < 5000; ++i) it.put(std::to_string(i), false);
    EXPECT_GE(it.table.slots(), 5000U);
    for (int i = 0; i < 4900; ++i) it.remove(std::to_string(i));
    for (int i = 0; i < 100; ++i) it.table.settle();
    EXPECT_LE(it.table.slots(), 800U);
    it.check();
    for (int i = 4900; i < 5000; ++i) it.remove(std::to_string(i));
    it.table.settle();
    EXPECT_EQ(it.table.slots(), 0U);
    it.check();
}

TEST(Table, StaysWithinItsLoad)
{
    Checked it(1);
    for (int i = 0; i < 200'000; ++i) {
        it.put(std::to_string(i), false);
        if (it.table.growing() || i < 8) continue;
        ASSERT_LE(it.table.size() * 5, it.table.slots() * 4);
        ASSERT_GE(it.table.size() * 2, it.table.slots());
    }
}

// Its keys are moved few at a time, and all are found meanwhile.
TEST(Table, IsThereWholeWhileItIsLargeAndGrows)
{
    Checked it(1);
    int growing = 0;
    for (int i = 0; i < 250'000; ++i) {
        it.put(std::to_string(i), false);
        if (i % 3 == 0) it.remove(std::to_string(i / 2));
        if (it.table.growing() && it.table.slots() > 200'000) ++growing;
        if (i % 50'000 == 49'999) it.check();
    }
    EXPECT_GT(growing, 20'000);
    for (int i = 0; i < 250'000; ++i) it.remove(std::to_string(i));
    EXPECT_EQ(it.table.size(), 0U);
}

// Graves must not accumulate: a table of constant size has slots of constant number.
TEST(Table, DoesNotGrowByTurnover)
{
    Checked it(1);
    for (int i = 0; i < 50'000; ++i) {
        it.put(std::to_string(i), false);
        if (i >= 100) it.remove(std::to_string(i - 100));
    }
    EXPECT_LE(it.table.slots(), 800U);
    it.check();
}

TEST(Table, ShowsEachKeyAtOneSlot)
{
    Checked it(1);
    int keys = 0;
    for (; keys < 200 || !it.table.growing(); ++keys) it.put(std::to_string(keys), keys % 50 == 0);
    std::size_t all = 0;
    std::size_t expiring = 0;
    for (std::size_t i = 0; i < it.table.slots(); ++i) {
        if (it.table.at(i)) ++all;
        const Table::Place place = it.table.at(i, Table::Among::expiring);
        if (!place) continue;
        EXPECT_TRUE(place.entry()->expires());
        ++expiring;
    }
    EXPECT_EQ(all, it.table.size());
    EXPECT_EQ(expiring, it.table.expiring());
    EXPECT_EQ(all, static_cast<std::size_t>(keys));
}

TEST(Table, SweepsKeysWithAnExpiryAndNoOthers)
{
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        Checked it(seed);
        const std::uint64_t keys = 1 + it.roll(2000);
        for (std::uint64_t i = 0; i < keys; ++i) it.put(std::to_string(i), it.roll(3) == 0);
        std::set<std::string> visited;
        std::size_t cursor = 0;
        do {
            const auto visit = [&](const Entry& entry) {
                EXPECT_TRUE(visited.emplace(entry.key()).second);
                const bool removes = it.roll(2) == 0;
                if (removes) it.model.erase(std::string(entry.key()));
                return removes;
            };
            cursor = it.table.sweep(cursor, 1 + it.roll(100), visit, &Entry::destroy);
        } while (cursor != 0);
        for (const auto& [key, expires] : it.model) EXPECT_EQ(visited.contains(key), expires);
        it.check();
    }
}

}  // namespace
}  // namespace mini_redis::keyspace
