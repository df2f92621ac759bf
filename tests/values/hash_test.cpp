// A hash beside a map, packed and spread, and as it goes from the one to the other.
#include "server/values/hash.hpp"

#include "tests/values/text_of.hpp"

#include <map>
#include <random>
#include <string>

#include <gmock/gmock.h>

namespace mini_redis::values {
namespace {

using Model = std::map<std::string, std::string>;

constexpr Hash::Limits small_hash{8, 16};

Model all_of(const Hash& hash)
{
    Model all;
    hash.each([&](const Element& field, const Element& value) {
        EXPECT_TRUE(all.emplace(text_of(field), text_of(value)).second);
    });
    return all;
}

TEST(Hash, BecomesLargeWithOneFieldTooMany)
{
    Hash hash;
    for (std::size_t i = 0; i < small_hash.fields; ++i)
        hash.set(std::to_string(i), "v", small_hash);
    EXPECT_TRUE(hash.packed());
    hash.set("0", "another", small_hash);
    EXPECT_TRUE(hash.packed());
    hash.set("one more", "v", small_hash);
    EXPECT_FALSE(hash.packed());
    EXPECT_EQ(hash.size(), small_hash.fields + 1);
    EXPECT_EQ(text_of(*hash.get("0")), "another");
}

TEST(Hash, BecomesLargeWithATextTooLong)
{
    Hash hash;
    hash.set(std::string(small_hash.bytes, 'f'), std::string(small_hash.bytes, 'v'), small_hash);
    EXPECT_TRUE(hash.packed());
    hash.set("f", std::string(small_hash.bytes + 1, 'v'), small_hash);
    EXPECT_FALSE(hash.packed());
    EXPECT_EQ(hash.size(), 2U);
}

TEST(Hash, IsCopiedAsAWhole)
{
    for (const std::size_t fields : {3U, 300U}) {
        Hash hash;
        for (std::size_t i = 0; i < fields; ++i) hash.set("f" + std::to_string(i), "v", small_hash);
        const Model before = all_of(hash);
        const Hash twin = hash.copy();
        hash.erase("f1");
        EXPECT_EQ(all_of(twin), before);
        EXPECT_EQ(twin.packed(), hash.packed());
    }
}

TEST(Hash, SurvivesBeingHeldByAWord)
{
    for (const std::size_t fields : {0U, 3U, 300U}) {
        Hash hash;
        for (std::size_t i = 0; i < fields; ++i) hash.set("f" + std::to_string(i), "v", small_hash);
        const Model before = all_of(hash);
        const Hash again = Hash::adopt(hash.release());
        EXPECT_EQ(all_of(again), before);
    }
}

TEST(Hash, DrawsEveryField)
{
    std::mt19937_64 random(1);
    for (const std::size_t fields : {3U, 300U}) {
        Hash hash;
        for (std::size_t i = 0; i < fields; ++i) hash.set("f" + std::to_string(i), "v", small_hash);
        Model drawn;
        for (int i = 0; i < 10'000; ++i)
            hash.draw(random, [&](const Element& field, const Element& value) {
                drawn.emplace(text_of(field), text_of(value));
            });
        EXPECT_EQ(drawn, all_of(hash));
    }
}

// What is there throughout is visited once, whatever comes and goes meanwhile.
TEST(Hash, ScansEachFieldOnceWhileOthersComeAndGo)
{
    Hash hash;
    for (int i = 0; i < 1000; ++i) hash.set("stays" + std::to_string(i), "v", small_hash);
    std::map<std::string, int> seen;
    Hash::Cursor cursor = 0;
    int step = 0;
    do {
        cursor = hash.scan(cursor, 10,
                           [&](const Element& field, const Element&) { ++seen[text_of(field)]; });
        for (int i = 0; i < 20; ++i)
            hash.set("new" + std::to_string(step * 20 + i), "v", small_hash);
        if (step % 2 == 1) hash.erase("new" + std::to_string(step));
        ++step;
    } while (cursor != 0 && step < 10'000);
    ASSERT_EQ(cursor, 0U);
    for (int i = 0; i < 1000; ++i) EXPECT_EQ(seen["stays" + std::to_string(i)], 1) << i;
}

class HashModel : public testing::TestWithParam<unsigned> {};

TEST_P(HashModel, DoesWhatAMapDoes)
{
    std::mt19937 random(GetParam());
    const auto below = [&](unsigned limit) { return random() % limit; };
    Hash hash;
    Model model;
    const unsigned fields = 4U << below(8);
    for (int step = 0; step < 3000; ++step) {
        const std::string field = std::to_string(below(fields));
        const std::string value(below(10) == 0 ? below(30) : below(4), 'v');
        if (below(3) != 0) {
            EXPECT_EQ(hash.set(field, value, small_hash),
                      model.insert_or_assign(field, value).second);
        } else {
            EXPECT_EQ(hash.erase(field), model.erase(field) == 1);
        }
        ASSERT_EQ(hash.size(), model.size());
        ASSERT_EQ(hash.empty(), model.empty());
        const auto found = hash.get(field);
        ASSERT_EQ(found.has_value(), model.contains(field));
        if (found) ASSERT_EQ(text_of(*found), model[field]);
    }
    EXPECT_EQ(all_of(hash), model);
}

INSTANTIATE_TEST_SUITE_P(Seeds, HashModel, testing::Range(0U, 20U));

}  // namespace
}  // namespace mini_redis::values
