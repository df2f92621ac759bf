// What is pending, for whom, beside a map.
#include "server/values/stream_group.hpp"

#include <map>
#include <random>
#include <string>

#include <gtest/gtest.h>

namespace mini_redis::values {
namespace {

using Owners = std::map<StreamId, std::string>;

// As the group's list has it; every consumer's must say the same.
Owners owners_of(const StreamGroup& group)
{
    Owners owners;
    const auto& pending = group.pending();
    for (auto place = pending.begin(); place != pending.end(); place = pending.next(place))
        owners.emplace(pending[place].id, pending[place].consumer->name);
    std::size_t own = 0;
    for (const auto& consumer : group.consumers()) {
        own += consumer->pending.size();
        for (const auto& [id, owner] : owners)
            EXPECT_EQ(consumer->pending.find(id) != nullptr, owner == consumer->name);
    }
    EXPECT_EQ(own, owners.size());
    return owners;
}

TEST(StreamGroup, KnowsWhomAnEntryWasDeliveredTo)
{
    StreamGroup group("g", {}, 0);
    StreamConsumer& anna = group.add_consumer("anna", 5);
    StreamConsumer& bert = group.add_consumer("bert", 6);
    group.deliver({1, 0}, anna, 10);
    group.deliver({2, 0}, bert, 11);
    group.deliver({1, 0}, bert, 12);
    EXPECT_EQ(owners_of(group), (Owners{{{1, 0}, "bert"}, {{2, 0}, "bert"}}));
    EXPECT_EQ(group.find_pending({1, 0})->delivered, 12);
    EXPECT_EQ(group.find_pending({1, 0})->deliveries, 1);
    EXPECT_EQ(group.find_pending({3, 0}), nullptr);
    EXPECT_TRUE(group.acknowledge({1, 0}));
    EXPECT_FALSE(group.acknowledge({1, 0}));
    EXPECT_EQ(owners_of(group), (Owners{{{2, 0}, "bert"}}));
}

TEST(StreamGroup, ForgetsWhatWasPendingForWhoLeaves)
{
    StreamGroup group("g", {}, 0);
    StreamConsumer& anna = group.add_consumer("anna", 0);
    StreamConsumer& bert = group.add_consumer("bert", 0);
    for (std::uint64_t i = 0; i < 100; ++i) group.deliver({i, 0}, i % 2 == 0 ? anna : bert, 0);
    group.remove_consumer(anna);
    EXPECT_EQ(group.find_consumer("anna"), nullptr);
    EXPECT_EQ(group.pending().size(), 50U);
    EXPECT_EQ(owners_of(group).at({1, 0}), "bert");
}

TEST(StreamGroup, ListsConsumersInTheOrderOfTheirNames)
{
    StreamGroup group("g", {}, 0);
    for (const char* name : {"b", "", "\xff", "ab", "a"}) group.add_consumer(name, 0);
    std::string names;
    for (const auto& consumer : group.consumers()) names += consumer->name + ',';
    EXPECT_EQ(names, ",a,ab,b,\xff,");
}

class StreamGroupModel : public testing::TestWithParam<unsigned> {};

TEST_P(StreamGroupModel, DoesWhatAMapDoes)
{
    std::mt19937 random(GetParam());
    const auto below = [&](unsigned limit) { return random() % limit; };
    StreamGroup group("g", {1, 2}, 3);
    Owners model;
    const auto consumer = [&]() -> StreamConsumer& {
        const std::string name(1, static_cast<char>('a' + below(4)));
        StreamConsumer* found = group.find_consumer(name);
        return found ? *found : group.add_consumer(name, 0);
    };
    for (int step = 0; step < 2000; ++step) {
        const StreamId id{below(200), below(2)};
        if (below(100) == 0) {
            StreamConsumer& leaving = consumer();
            std::erase_if(model, [&](const auto& one) { return one.second == leaving.name; });
            group.remove_consumer(leaving);
        } else if (below(3) != 0) {
            StreamConsumer& owner = consumer();
            group.deliver(id, owner, step);
            model[id] = owner.name;
        } else {
            EXPECT_EQ(group.acknowledge(id), model.erase(id) == 1);
        }
        if (step % 50 == 0) ASSERT_EQ(owners_of(group), model);
    }
    const auto twin = group.copy();
    while (!group.pending().empty()) group.acknowledge(group.pending()[group.pending().begin()].id);
    EXPECT_EQ(owners_of(*twin), model);
    EXPECT_EQ(twin->entries_read, 3);
    EXPECT_EQ(twin->last_id, (StreamId{1, 2}));
}

INSTANTIATE_TEST_SUITE_P(Seeds, StreamGroupModel, testing::Range(0U, 20U));

}  // namespace
}  // namespace mini_redis::values
