// A sorted set beside a map, packed and spread, and as it goes from the one to the other.
#include "server/values/sorted_set.hpp"

#include "tests/values/text_of.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>

namespace mini_redis::values {
namespace {

using Scores = std::map<std::string, double>;
using Ranked = std::vector<std::pair<double, std::string>>;

constexpr SortedSet::Limits small_sorted_set{16, 8};

Ranked ranked(const Scores& scores)
{
    Ranked all;
    for (const auto& [member, score] : scores) all.emplace_back(score, member);
    std::ranges::sort(all);
    return all;
}

Ranked walked(const SortedSet& set, SortedSet::Ranks ranks, Order order = Order::ascending)
{
    Ranked all;
    set.walk(ranks, order, [&](const Element& member, double score) {
        all.emplace_back(score, text_of(member));
    });
    return all;
}

Ranked all_of(const SortedSet& set)
{
    return walked(set, {0, set.size()});
}

std::vector<std::string> packed_texts(const SortedSet& set)
{
    std::vector<std::string> texts;
    const Listpack& pack = set.pack();
    for (auto place = pack.begin(); place != pack.end(); place = pack.next(place))
        texts.push_back(text_of(pack[place]));
    return texts;
}

struct ScoresBetween {
    double min;
    double max;
    bool too_low(const auto& item) const { return item.score() < min; }
    bool too_high(const auto& item) const { return item.score() > max; }
};

struct TextsBetween {
    std::string min;
    std::string max;
    bool too_low(const auto& item) const { return item.text() < min; }
    bool too_high(const auto& item) const { return item.text() > max; }
};

TEST(SortedSet, PacksScoresAsRedisDoes)
{
    SortedSet set;
    constexpr double infinity = std::numeric_limits<double>::infinity();
    const std::vector<std::pair<double, std::string>> scores{{-infinity, "-inf"},
                                                             {-1e300, "-1.0000000000000001e+300"},
                                                             {-1.5, "-1.5"},
                                                             {-0.0, "0"},
                                                             {5e-324, "4.9406564584124654e-324"},
                                                             {0.1, "0.10000000000000001"},
                                                             {42, "42"},
                                                             {1e17, "100000000000000000"},
                                                             {0x1p62, "4611686018427387904"},
                                                             {5e18, "5e+18"},
                                                             {infinity, "inf"}};
    for (const auto& [score, text] : scores) set.set(text, score, {16, 64});
    ASSERT_TRUE(set.packed());
    ASSERT_TRUE(Listpack::valid(set.pack().block()));
    std::vector<std::string> expected;
    for (const auto& [score, text] : scores) expected.insert(expected.end(), {text, text});
    EXPECT_EQ(packed_texts(set), expected);
    for (const auto& [score, text] : scores) EXPECT_EQ(set.score(text), score);
}

TEST(SortedSet, KeepsZeroesSignWhereItIsLarge)
{
    SortedSet set;
    set.set("m", -0.0, {0, 0});
    EXPECT_FALSE(set.packed());
    EXPECT_TRUE(std::signbit(*set.score("m")));
}

TEST(SortedSet, BecomesLargeWithOneMemberTooMany)
{
    SortedSet set;
    for (std::size_t i = 0; i < small_sorted_set.members; ++i)
        set.set(std::to_string(i), 1, small_sorted_set);
    set.set("0", 2, small_sorted_set);
    EXPECT_TRUE(set.packed());
    set.set("another", 1, small_sorted_set);
    EXPECT_FALSE(set.packed());
    EXPECT_EQ(set.size(), small_sorted_set.members + 1);
    EXPECT_EQ(set.score("0"), 2);
}

TEST(SortedSet, BecomesLargeWithAMemberTooLong)
{
    SortedSet set;
    set.set(std::string(small_sorted_set.bytes, 'm'), 1, small_sorted_set);
    EXPECT_TRUE(set.packed());
    set.set(std::string(small_sorted_set.bytes + 1, 'm'), 1, small_sorted_set);
    EXPECT_FALSE(set.packed());
}

TEST(SortedSet, IsPackedAtTheEndIfItMayBe)
{
    const auto large = [](int members, const std::string& prefix) {
        SortedSet set;
        for (int i = 0; i < members; ++i) set.set(prefix + std::to_string(i), i, {0, 0});
        return set;
    };
    const SortedSet small = large(16, "m").packed_if(small_sorted_set);
    EXPECT_TRUE(small.packed());
    EXPECT_EQ(all_of(small), all_of(large(16, "m")));
    EXPECT_FALSE(large(17, "m").packed_if(small_sorted_set).packed());
    EXPECT_FALSE(large(3, "longer-than-8").packed_if(small_sorted_set).packed());
}

TEST(SortedSet, SurvivesBeingCopiedAndHeldByAWord)
{
    for (const int members : {0, 3, 300}) {
        SortedSet set;
        for (int i = 0; i < members; ++i) set.set(std::to_string(i), i % 7, small_sorted_set);
        const Ranked before = all_of(set);
        const SortedSet twin = set.copy();
        const SortedSet again = SortedSet::adopt(set.release());
        EXPECT_EQ(all_of(twin), before);
        EXPECT_EQ(all_of(again), before);
    }
}

TEST(SortedSet, FindsTextsOfMixedScoresInTheOrderOfTheSearch)
{
    SortedSet set;
    int score = 0;
    for (const char* member : {"c", "a", "d", "b", "c2"}) set.set(member, score++, {16, 64});
    const auto members = [&](Order order) {
        std::string found;
        const auto ranks = set.within(TextsBetween{"a", "d"}, order);
        for (const auto& item : walked(set, ranks)) found += item.second + ' ';
        return found;
    };
    EXPECT_EQ(members(Order::ascending), "c a d b c2 ");
    const auto ranks = [&](const TextsBetween& range, Order order) {
        const auto found = set.within(range, order);
        return std::pair(found.first, found.end);
    };
    using Pair = std::pair<std::size_t, std::size_t>;
    EXPECT_EQ(ranks({"b", "c"}, Order::ascending), Pair(0, 2));
    EXPECT_EQ(ranks({"b", "c"}, Order::descending), Pair(2, 4));
    EXPECT_EQ(ranks({"a", "b"}, Order::ascending), Pair(0, 0));  // the first one is beyond it
    EXPECT_EQ(ranks({"d", "e"}, Order::ascending), Pair(0, 0));  // the last one is before it
}

class SortedSetModel : public testing::TestWithParam<unsigned> {
protected:
    unsigned below(unsigned limit) { return static_cast<unsigned>(random_() % limit); }
    double some_score()
    {
        return below(4) == 0 ? static_cast<double>(below(1000)) / 7 : static_cast<double>(below(9));
    }

    void expect_same(const SortedSet& set, const Scores& model)
    {
        const Ranked expected = ranked(model);
        ASSERT_EQ(set.size(), expected.size());
        ASSERT_EQ(all_of(set), expected);
        for (std::size_t rank = 0; rank < expected.size(); ++rank) {
            ASSERT_EQ(set.rank(expected[rank].second), rank);
            ASSERT_EQ(set.score(expected[rank].second), expected[rank].first);
        }
        for (const Order order : {Order::ascending, Order::descending}) {
            const double min = some_score() - 1;
            const ScoresBetween range{min, min + some_score()};
            Ranked within;
            std::ranges::copy_if(expected, std::back_inserter(within), [&](const auto& item) {
                return item.first >= range.min && item.first <= range.max;
            });
            if (order == Order::descending) std::ranges::reverse(within);
            ASSERT_EQ(walked(set, set.within(range, order), order), within);
        }
    }

    std::mt19937_64 random_{GetParam()};
};

TEST_P(SortedSetModel, DoesWhatAMapDoes)
{
    SortedSet set;
    Scores model;
    const unsigned members = 4U << below(8);
    for (int step = 0; step < 3000; ++step) {
        const std::string member = (below(2) == 0 ? "" : "m") + std::to_string(below(members));
        if (below(3) != 0) {
            const double score = some_score();
            EXPECT_EQ(set.set(member, score, small_sorted_set),
                      model.insert_or_assign(member, score).second);
        } else if (below(40) != 0) {
            EXPECT_EQ(set.erase(member), model.erase(member) == 1);
        } else {
            const std::size_t first = below(static_cast<unsigned>(model.size()) + 1);
            const std::size_t end = std::min(model.size(), first + below(5));
            const Ranked all = ranked(model);
            for (std::size_t i = first; i < end; ++i) model.erase(all[i].second);
            set.erase(SortedSet::Ranks{first, end});
        }
        if (step % 50 == 0) expect_same(set, model);
    }
    if (set.empty()) return;
    Scores drawn;
    for (int i = 0; i < 20'000; ++i)
        set.draw(random_, [&](const Element& member, double score) {
            drawn.insert_or_assign(text_of(member), score);
        });
    EXPECT_EQ(drawn, model);
}

INSTANTIATE_TEST_SUITE_P(Seeds, SortedSetModel, testing::Range(0U, 20U));

}  // namespace
}  // namespace mini_redis::values
