// A set beside std::set, packed and spread, and as it goes from the one to the other.
#include "server/values/set.hpp"

#include "tests/values/text_of.hpp"

#include <limits>
#include <random>
#include <set>
#include <string>

#include <gmock/gmock.h>

namespace mini_redis::values {
namespace {

using TextSet = std::set<std::string>;

constexpr Set::Limits small_set{16};

TextSet all_of(const Set& set)
{
    TextSet all;
    set.each([&](const Element& member) { EXPECT_TRUE(all.insert(text_of(member)).second); });
    return all;
}

TEST(Intset, KeepsIntegersOfEveryWidthSorted)
{
    Intset set;
    std::set<std::int64_t> model;
    for (const int bits : {3, 15, 16, 31, 32, 62}) {
        const std::int64_t edge = std::int64_t{1} << bits;
        for (const std::int64_t number : {edge - 1, edge, -edge, -edge - 1}) {
            EXPECT_EQ(set.insert(number), model.insert(number).second);
            EXPECT_FALSE(set.insert(number));
            ASSERT_TRUE(Intset::valid(set.block()));
        }
    }
    for (const auto extreme :
         {std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max()}) {
        set.insert(extreme);
        model.insert(extreme);
    }
    ASSERT_EQ(set.size(), model.size());
    std::size_t index = 0;
    for (const std::int64_t number : model) EXPECT_EQ(set[index++], number);
}

TEST(Intset, RefusesBlocksThatAreNone)
{
    Intset set;
    for (const std::int64_t number : {3, 1, 70000}) set.insert(number);
    const std::string good(set.block());
    ASSERT_TRUE(Intset::valid(good));
    for (std::size_t size = 0; size < good.size(); ++size)
        EXPECT_FALSE(Intset::valid(good.substr(0, size))) << size;
    std::string unsorted = good;
    unsorted[8] = 9;
    EXPECT_FALSE(Intset::valid(unsorted));
    std::string odd = good;
    odd[0] = 3;
    EXPECT_FALSE(Intset::valid(odd));
}

TEST(Set, BecomesLargeWithOneIntegerTooMany)
{
    Set set;
    for (std::size_t i = 0; i < small_set.integers; ++i) set.add(std::to_string(i), small_set);
    EXPECT_TRUE(set.packed());
    set.add("0", small_set);
    EXPECT_TRUE(set.packed());
    set.add("-1", small_set);
    EXPECT_FALSE(set.packed());
    EXPECT_EQ(set.size(), small_set.integers + 1);
}

TEST(Set, BecomesLargeWithWhatIsNoInteger)
{
    for (const char* text : {"a", "", "01", "9223372036854775808"}) {
        Set set;
        set.add("1", small_set);
        set.add(text, small_set);
        EXPECT_FALSE(set.packed()) << text;
        EXPECT_TRUE(set.contains(text)) << text;
        EXPECT_TRUE(set.contains("1"));
    }
}

TEST(Set, SurvivesBeingCopiedAndHeldByAWord)
{
    for (const int members : {0, 3, 300}) {
        Set set;
        for (int i = 0; i < members; ++i) set.add(std::to_string(i), small_set);
        const TextSet before = all_of(set);
        const Set twin = set.copy();
        const Set again = Set::adopt(set.release());
        EXPECT_EQ(all_of(twin), before);
        EXPECT_EQ(all_of(again), before);
    }
}

TEST(Set, DrawsEveryMember)
{
    std::mt19937_64 random(1);
    for (const int members : {3, 300}) {
        Set set;
        for (int i = 0; i < members; ++i) set.add(std::to_string(i), small_set);
        TextSet drawn;
        for (int i = 0; i < 10'000; ++i)
            set.draw(random, [&](const Element& member) { drawn.insert(text_of(member)); });
        EXPECT_EQ(drawn, all_of(set));
    }
}

class SetModel : public testing::TestWithParam<unsigned> {};

TEST_P(SetModel, DoesWhatASetDoes)
{
    std::mt19937 random(GetParam());
    const auto below = [&](unsigned limit) { return random() % limit; };
    Set set;
    TextSet model;
    const unsigned members = 4U << below(8);
    const bool only_integers = GetParam() % 2 == 0;
    for (int step = 0; step < 3000; ++step) {
        const std::string member =
            (only_integers || below(20) != 0 ? "" : "m") + std::to_string(below(members));
        if (below(3) != 0)
            EXPECT_EQ(set.add(member, small_set), model.insert(member).second);
        else
            EXPECT_EQ(set.erase(member), model.erase(member) == 1);
        ASSERT_EQ(set.size(), model.size());
        ASSERT_EQ(set.contains(member), model.contains(member));
    }
    EXPECT_EQ(all_of(set), model);
}

INSTANTIATE_TEST_SUITE_P(Seeds, SetModel, testing::Range(0U, 20U));

}  // namespace
}  // namespace mini_redis::values
