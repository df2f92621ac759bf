// The tree beside std::set, whose ranks are counted one by one.
#include "server/values/score_tree.hpp"

#include <algorithm>
#include <iterator>
#include <limits>
#include <map>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>

namespace mini_redis::values {
namespace {

using ScoreAndText = std::pair<double, std::string>;

// The members themselves, which a tree does not own.
class ScoredTexts {
public:
    ScoreTree::Item item(const ScoreAndText& of)
    {
        auto& made = items_[of];
        if (!made) made.reset(ScoredMember::create(of.second, of.first));
        return {of.first, *made};
    }

private:
    std::map<ScoreAndText, Owned<ScoredMember>> items_;
};

std::vector<ScoreAndText> walked(const ScoreTree& tree, std::size_t rank, std::size_t count,
                                 bool backwards)
{
    std::vector<ScoreAndText> items;
    tree.walk(rank, count, backwards,
              [&](const ScoreTree::Item& item) { items.emplace_back(item.score(), item.text()); });
    return items;
}

void expect_same(const ScoreTree& tree, const std::set<ScoreAndText>& model)
{
    ASSERT_EQ(tree.size(), model.size());
    const std::vector<ScoreAndText> expected(model.begin(), model.end());
    ASSERT_EQ(walked(tree, 0, tree.size(), false), expected);
    if (expected.empty()) return;
    ASSERT_EQ(walked(tree, tree.size() - 1, tree.size(), true),
              std::vector<ScoreAndText>(expected.rbegin(), expected.rend()));
}

TEST(ScoreTree, IsEmptyAtFirstAndAtTheEnd)
{
    ScoredTexts texts;
    ScoreTree tree;
    EXPECT_EQ(tree.count([](const ScoreTree::Item&) { return true; }), 0U);
    for (int round = 0; round < 2; ++round) {
        for (int i = 0; i < 5000; ++i) tree.insert(texts.item({i, "m"}));
        for (int i = 0; i < 5000; ++i) tree.erase(texts.item({i, "m"}));
        EXPECT_EQ(tree.size(), 0U);
        EXPECT_EQ(tree.count([](const ScoreTree::Item&) { return true; }), 0U);
    }
}

TEST(ScoreTree, IsFullOfWhatComesInAscendingOrder)
{
    ScoredTexts texts;
    ScoreTree tree;
    constexpr int members = 20'000;
    for (int i = 0; i < members; ++i) tree.insert(texts.item({i, "m"}));
    EXPECT_LT(tree.weight(), members * 18U);
    const std::size_t full = tree.weight();
    for (int i = 0; i < members; ++i)
        if (i % 20 != 0) tree.erase(texts.item({i, "m"}));
    EXPECT_LT(tree.weight(), full / 4);
}

TEST(ScoreTree, KnowsTheRanksOfManyAndOfInfinities)
{
    ScoredTexts texts;
    ScoreTree tree;
    std::vector<ScoreAndText> all;
    constexpr double infinity = std::numeric_limits<double>::infinity();
    for (const double score : {-infinity, -1e300, -1.5, 0.0, 1e-300, 7.0, infinity})
        for (int i = 0; i < 1000; ++i) all.emplace_back(score, std::to_string(i));
    std::ranges::sort(all);
    std::vector<ScoreAndText> shuffled = all;
    std::ranges::shuffle(shuffled, std::mt19937(1));
    for (const ScoreAndText& one : shuffled) tree.insert(texts.item(one));
    for (std::size_t rank = 0; rank < all.size(); ++rank) {
        const auto item = texts.item(all[rank]);
        ASSERT_EQ(tree.count([&](const ScoreTree::Item& other) { return other < item; }), rank);
        ASSERT_EQ(tree[rank].text(), all[rank].second);
    }
}

class ScoreTreeModel : public testing::TestWithParam<unsigned> {};

TEST_P(ScoreTreeModel, DoesWhatASetDoes)
{
    std::mt19937 random(GetParam());
    const auto below = [&](unsigned limit) { return random() % limit; };
    const unsigned scores = 1U << below(12);
    const unsigned names = 1U << (4 + below(8));
    ScoredTexts texts;
    ScoreTree tree;
    std::set<ScoreAndText> model;
    for (int phase = 0; phase < 6; ++phase) {
        const unsigned insertions = phase % 2 == 0 ? 80 : 20;  // of a hundred
        for (int step = 0; step < 3000; ++step) {
            const ScoreAndText one(below(scores), std::to_string(below(names)));
            const auto item = texts.item(one);
            if (below(100) < insertions) {
                if (model.insert(one).second) tree.insert(item);
            } else if (model.erase(one) == 1) {
                tree.erase(item);
            }
            if (step % 100 != 0) continue;
            const auto place = model.lower_bound(one);
            const auto rank = static_cast<std::size_t>(std::distance(model.begin(), place));
            const auto before = [&](const ScoreTree::Item& other) { return other < item; };
            ASSERT_EQ(tree.count(before), rank);
            if (place == model.end()) continue;
            const auto some = std::min<std::size_t>(100, tree.size() - rank);
            const auto behind = std::next(place, static_cast<std::ptrdiff_t>(some));
            ASSERT_EQ(walked(tree, rank, some, false), std::vector(place, behind));
        }
        expect_same(tree, model);
    }
}

INSTANTIATE_TEST_SUITE_P(Seeds, ScoreTreeModel, testing::Range(0U, 20U));

}  // namespace
}  // namespace mini_redis::values
