// A stream beside a map, and what is particular: node boundaries, trimming by nodes, copies.
#include "server/values/stream.hpp"

#include "tests/values/text_of.hpp"

#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace mini_redis::values {
namespace {

using Trim = Stream::Trim;
using ValuesById = std::map<StreamId, std::string>;

constexpr Stream::Limits ten_a_node{4096, 10};

void append(Stream& stream, const StreamId& id, std::string_view value = "v")
{
    const std::string_view fields[] = {"field", value};
    stream.append(id, fields, ten_a_node);
}

Stream stream_of(std::uint64_t entries)
{
    Stream stream;
    for (std::uint64_t i = 1; i <= entries; ++i) append(stream, {i, 0});
    return stream;
}

ValuesById entries_of(const Stream& stream, const StreamId& first = {},
                      const StreamId& last = stream_id_max)
{
    ValuesById all;
    const auto value_of = [](const StreamEntry& entry) {
        std::string text;
        entry.each([&](const Element&, const Element& value) { text = text_of(value); });
        return text;
    };
    std::vector<StreamId> forth;
    stream.each(first, last, [&](const StreamEntry& entry) {
        forth.push_back(entry.id);
        return all.emplace(entry.id, value_of(entry)).second;
    });
    std::vector<StreamId> back;
    stream.each_backwards(first, last, [&](const StreamEntry& entry) {
        back.push_back(entry.id);
        return true;
    });
    std::ranges::reverse(back);
    EXPECT_TRUE(std::ranges::is_sorted(forth));
    EXPECT_EQ(forth, back);
    return all;
}

TEST(Stream, IsVacantUntilItIsMadeAndNeverAgain)
{
    Stream stream;
    EXPECT_TRUE(stream.vacant());
    append(stream, {1, 0});
    EXPECT_TRUE(stream.erase({1, 0}));
    EXPECT_EQ(stream.size(), 0U);
    EXPECT_FALSE(stream.vacant());
    EXPECT_EQ(stream.last_id(), (StreamId{1, 0}));
    EXPECT_EQ(stream.max_deleted_id(), (StreamId{1, 0}));
    EXPECT_TRUE(stream.first_entry_id().is_zero());
    EXPECT_EQ(stream.node_count(), 0U);
}

TEST(Stream, BeginsANodeWhereOneIsFull)
{
    EXPECT_EQ(stream_of(10).node_count(), 1U);
    EXPECT_EQ(stream_of(11).node_count(), 2U);
    // Deleted entries count, too.
    Stream stream = stream_of(10);
    stream.erase({5, 0});
    append(stream, {11, 0});
    EXPECT_EQ(stream.node_count(), 2U);
}

TEST(Stream, BeginsANodeWhereOneWouldBeTooLarge)
{
    Stream stream;
    append(stream, {1, 0}, std::string(4000, 'x'));
    append(stream, {2, 0}, "small");
    EXPECT_EQ(stream.node_count(), 1U);
    append(stream, {3, 0}, std::string(60, 'x'));
    EXPECT_EQ(stream.node_count(), 2U);
    append(stream, {4, 0}, std::string(10'000, 'x'));
    append(stream, {5, 0});
    EXPECT_EQ(stream.node_count(), 4U);
}

TEST(Stream, TrimsToALength)
{
    Stream stream = stream_of(95);
    EXPECT_EQ(stream.trim({.length = 100}), 0U);
    EXPECT_EQ(stream.trim({.length = 42}), 53U);
    EXPECT_EQ(stream.size(), 42U);
    EXPECT_EQ(stream.first_entry_id(), (StreamId{54, 0}));
    EXPECT_EQ(stream.trim({.length = 0}), 42U);
    EXPECT_EQ(stream.node_count(), 0U);
}

TEST(Stream, TrimsWholeNodesOnly)
{
    Stream stream = stream_of(95);
    EXPECT_EQ(stream.trim({.length = 42, .whole_nodes = true}), 50U);
    EXPECT_EQ(stream.trim({.length = 0, .whole_nodes = true, .most = 25}), 20U);
    EXPECT_EQ(stream.trim({.by = Trim::By::id, .first = {80, 0}, .whole_nodes = true}), 0U);
    EXPECT_EQ(stream.trim({.by = Trim::By::id, .first = {81, 0}, .whole_nodes = true}), 10U);
    EXPECT_EQ(stream.size(), 15U);
}

TEST(Stream, TrimsBeforeAnId)
{
    Stream stream = stream_of(30);
    EXPECT_EQ(stream.trim({.by = Trim::By::id, .first = {15, 0}}), 14U);
    EXPECT_EQ(stream.first_entry_id(), (StreamId{15, 0}));
    EXPECT_EQ(stream.node_count(), 2U);
    EXPECT_TRUE(stream.max_deleted_id().is_zero());
}

// XSETID takes the last id back where only what is gone was beyond it.
TEST(Stream, FindsEntriesBehindADeletedOneOfAGreaterId)
{
    Stream stream = stream_of(2);
    append(stream, {20, 0});
    stream.erase({20, 0});
    stream.set_last_id({2, 0});
    append(stream, {8, 0});
    EXPECT_EQ(stream.node_count(), 1U);
    EXPECT_TRUE(stream.contains({8, 0}));
    EXPECT_EQ(entries_of(stream, {3, 0}, {10, 0}).size(), 1U);
    EXPECT_TRUE(stream.erase({8, 0}));
    EXPECT_EQ(stream.last_entry_id(), (StreamId{2, 0}));
}

TEST(Stream, SurvivesBeingHeldByAWord)
{
    EXPECT_TRUE(Stream::adopt(Stream().release()).vacant());
    Stream stream = stream_of(30);
    const ValuesById before = entries_of(stream);
    EXPECT_EQ(entries_of(Stream::adopt(stream.release())), before);
}

TEST(Stream, IsCopiedWithItsGroups)
{
    Stream stream = stream_of(30);
    EXPECT_TRUE(stream.add_group("g", {3, 0}, 3));
    EXPECT_FALSE(stream.add_group("g", {4, 0}, 3));
    StreamGroup& group = *stream.find_group("g");
    group.deliver({1, 0}, group.add_consumer("anna", 0), 10);
    stream.erase({30, 0});
    const Stream twin = stream.copy();
    EXPECT_EQ(twin.weight(), stream.weight());
    stream.trim({.length = 0});
    stream.remove_group("g");
    EXPECT_EQ(twin.size(), 29U);
    EXPECT_EQ(entries_of(twin).size(), 29U);
    EXPECT_EQ(twin.max_deleted_id(), (StreamId{30, 0}));
    EXPECT_EQ(twin.last_id(), (StreamId{30, 0}));
    EXPECT_EQ(twin.entries_added(), 30U);
    EXPECT_EQ(twin.find_group("g")->pending().size(), 1U);
}

TEST(Stream, KnowsTheLagOfAGroupUnlessEntriesWereDeleted)
{
    Stream stream = stream_of(10);
    stream.add_group("g", {}, 0);
    StreamGroup& group = *stream.find_group("g");
    EXPECT_EQ(stream.lag_of(group), 10);
    stream.note_read(group, {1, 0});
    EXPECT_EQ(group.entries_read, 1);
    EXPECT_EQ(stream.lag_of(group), 9);
    stream.erase({5, 0});
    EXPECT_EQ(stream.lag_of(group), std::nullopt);
    stream.note_read(group, {2, 0});
    EXPECT_EQ(group.entries_read, StreamGroup::unknown);
    stream.note_read(group, {10, 0});
    EXPECT_EQ(group.entries_read, 10);
    EXPECT_EQ(stream.lag_of(group), 0);
}

TEST(Stream, KnowsTheLagIfWhatWasDeletedIsBeforeAllThatIsThere)
{
    Stream stream = stream_of(10);
    stream.add_group("g", {1, 0}, 1);
    stream.erase({1, 0});
    EXPECT_EQ(stream.lag_of(*stream.find_group("g")), 9);
}

// By another way: the places where ids part, and the bytes between them.
std::size_t tree_nodes(const std::vector<std::string>& keys, std::size_t depth)
{
    if (keys.size() == 1) return depth < keys[0].size() ? 2 : 1;
    std::size_t parts = depth;
    const auto together = [&] {
        return std::ranges::all_of(keys,
                                   [&](const auto& key) { return key[parts] == keys[0][parts]; });
    };
    while (together()) ++parts;
    std::size_t count = 1 + (parts > depth ? 1 : 0);
    std::map<char, std::vector<std::string>> children;
    for (const auto& key : keys) children[key[parts]].push_back(key);
    for (const auto& child : children) count += tree_nodes(child.second, parts + 1);
    return count;
}

std::string bytes_of(const StreamId& id)
{
    std::string bytes;
    for (const std::uint64_t part : {id.ms, id.seq})
        for (int shift = 56; shift >= 0; shift -= 8) bytes += static_cast<char>(part >> shift);
    return bytes;
}

TEST(Stream, KnowsHowManyNodesARadixTreeWouldHave)
{
    std::mt19937_64 random(1);
    EXPECT_EQ(Stream().tree_node_count(), 1U);
    for (int run = 0; run < 200; ++run) {
        std::vector<StreamId> ids;
        for (std::uint64_t i = 1 + random() % 60; i > 0; --i)
            ids.push_back({random() >> (random() % 64), random() >> (random() % 64)});
        std::ranges::sort(ids);
        ids.erase(std::ranges::unique(ids).begin(), ids.end());
        Stream stream;
        std::vector<std::string> keys;
        const std::string_view fields[] = {"f", "v"};
        for (const StreamId& id : ids) {
            stream.append(id, fields, {1, 1});  // a node each
            keys.push_back(bytes_of(id));
        }
        EXPECT_EQ(stream.tree_node_count(), tree_nodes(keys, 0));
    }
}

class StreamModel : public testing::TestWithParam<unsigned> {};

TEST_P(StreamModel, DoesWhatAMapDoes)
{
    std::mt19937 random(GetParam());
    const auto below = [&](unsigned limit) { return random() % limit; };
    Stream stream;
    ValuesById model;
    std::uint64_t newest = 0;
    for (int step = 0; step < 2000; ++step) {
        const StreamId anywhere{below(static_cast<unsigned>(newest) + 2), 0};
        if (below(4) != 0) {
            const StreamId id{++newest, 0};
            const std::string value = std::to_string(below(1000));
            append(stream, id, value);
            model.emplace(id, value);
        } else if (below(20) == 0) {
            const std::size_t before = model.size();
            const std::size_t kept = below(100);
            while (model.size() > kept) model.erase(model.begin());
            ASSERT_EQ(stream.trim({.length = kept}), before - model.size());
        } else if (below(20) == 0) {
            const auto gone =
                std::erase_if(model, [&](const auto& one) { return one.first < anywhere; });
            ASSERT_EQ(stream.trim({.by = Trim::By::id, .first = anywhere}), gone);
        } else {
            ASSERT_EQ(stream.erase(anywhere), model.erase(anywhere) == 1);
        }
        ASSERT_EQ(stream.size(), model.size());
        ASSERT_EQ(stream.contains(anywhere), model.contains(anywhere));
        ASSERT_EQ(stream.first_entry_id(), model.empty() ? StreamId{} : model.begin()->first);
        ASSERT_EQ(stream.last_entry_id(), model.empty() ? StreamId{} : model.rbegin()->first);
        if (step % 50 != 0) continue;
        ASSERT_EQ(entries_of(stream), model);
        const StreamId last{anywhere.ms + below(50), 0};
        ASSERT_EQ(entries_of(stream, anywhere, last),
                  ValuesById(model.lower_bound(anywhere), model.upper_bound(last)));
    }
}

INSTANTIATE_TEST_SUITE_P(Seeds, StreamModel, testing::Range(0U, 20U));

}  // namespace
}  // namespace mini_redis::values
