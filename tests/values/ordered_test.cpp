// A sequence beside a map, as it grows at the end, shrinks at the front, and changes anywhere.
#include "server/values/ordered.hpp"

#include <map>
#include <random>
#include <vector>

#include <gtest/gtest.h>

namespace mini_redis::values {
namespace {

struct Numbered {
    StreamId id;
    int number;
    char padding[16] = {};  // so that a chunk has few
};
using Sequence = Ordered<Numbered>;
using NumbersById = std::map<StreamId, int>;

NumbersById all_of(const Sequence& sequence)
{
    NumbersById all;
    StreamId before;
    for (auto place = sequence.begin(); place != sequence.end(); place = sequence.next(place)) {
        const Numbered& item = sequence[place];
        EXPECT_TRUE(all.empty() || before < item.id);
        before = item.id;
        all.emplace(item.id, item.number);
    }
    return all;
}

TEST(Ordered, IsWalkedBothWays)
{
    Ordered<StreamId> ids;
    for (std::uint64_t i = 0; i < 1000; ++i) ids.insert({i / 7, i % 7});
    std::vector<StreamId> forth;
    for (auto place = ids.begin(); place != ids.end(); place = ids.next(place))
        forth.push_back(ids[place]);
    std::vector<StreamId> back;
    for (auto place = ids.last();; place = ids.before(place)) {
        back.insert(back.begin(), ids[place]);
        if (place == ids.begin()) break;
    }
    EXPECT_EQ(forth.size(), 1000U);
    EXPECT_EQ(forth, back);
}

TEST(Ordered, FindsWhatIsNotLess)
{
    Ordered<StreamId> ids;
    EXPECT_EQ(ids.from({0, 0}), ids.end());
    for (std::uint64_t i = 0; i < 1000; ++i) ids.insert({10 * i, 0});
    for (std::uint64_t i = 0; i < 999; ++i) {
        EXPECT_EQ(ids[ids.from({10 * i, 0})], (StreamId{10 * i, 0}));
        EXPECT_EQ(ids[ids.from({10 * i, 1})], (StreamId{10 * i + 10, 0}));
        EXPECT_EQ(ids.find({10 * i, 1}), nullptr);
    }
    EXPECT_EQ(ids.from({9990, 1}), ids.end());
}

// A queue that moves on does not grow, however long it goes on.
TEST(Ordered, TakesNoMoreMemoryAsItMovesOn)
{
    Ordered<StreamId> ids;
    std::size_t most = 0;
    for (std::uint64_t i = 0; i < 100'000; ++i) {
        ids.insert({i, 0});
        if (i >= 1000) ids.erase(ids.begin());
        most = std::max(most, ids.weight());
    }
    EXPECT_EQ(ids.size(), 1000U);
    EXPECT_LT(most, 2000 * sizeof(StreamId));
}

class OrderedModel : public testing::TestWithParam<unsigned> {};

TEST_P(OrderedModel, DoesWhatAMapDoes)
{
    std::mt19937 random(GetParam());
    const auto below = [&](unsigned limit) { return random() % limit; };
    Sequence sequence;
    NumbersById model;
    std::uint64_t newest = 0;
    for (int step = 0; step < 5000; ++step) {
        const unsigned growing = step % 2000 < 1200 ? 7 : 3;
        const StreamId anywhere{below(static_cast<unsigned>(newest) + 1), below(3)};
        if (below(10) < growing) {
            const StreamId id = below(3) == 0 ? anywhere : StreamId{++newest, below(3)};
            if (model.emplace(id, step).second) sequence.insert({id, step});
        } else if (!model.empty()) {
            auto place = below(2) == 0 ? sequence.begin() : sequence.from(anywhere);
            if (place == sequence.end()) place = sequence.last();
            const auto known = model.erase(model.find(sequence[place].id));
            place = sequence.erase(place);
            ASSERT_EQ(place == sequence.end(), known == model.end());
            if (known != model.end()) ASSERT_EQ(sequence[place].number, known->second);
        }
        ASSERT_EQ(sequence.size(), model.size());
        const auto found = model.find(anywhere);
        const Numbered* item = sequence.find(anywhere);
        ASSERT_EQ(item != nullptr, found != model.end());
        if (item) ASSERT_EQ(item->number, found->second);
        if (step % 100 == 0) ASSERT_EQ(all_of(sequence), model);
    }
    while (!sequence.empty()) sequence.erase(sequence.last());
    EXPECT_EQ(sequence.begin(), sequence.end());
    sequence.insert({{1, 1}, 1});
    EXPECT_EQ(all_of(sequence), (NumbersById{{{1, 1}, 1}}));
}

INSTANTIATE_TEST_SUITE_P(Seeds, OrderedModel, testing::Range(0U, 20U));

}  // namespace
}  // namespace mini_redis::values
