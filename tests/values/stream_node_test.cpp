// A node's format, to the byte, and what is read from it.
#include "server/values/stream_node.hpp"

#include "tests/values/text_of.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace mini_redis::values {
namespace {

using Texts = std::vector<std::string>;

Texts elements_of(const StreamNode& node)
{
    Texts all;
    const Listpack& pack = node.pack();
    for (auto place = pack.begin(); place != pack.end(); place = pack.next(place))
        all.push_back(text_of(pack[place]));
    return all;
}

Texts texts_of(const StreamEntry& entry)
{
    Texts all{std::to_string(entry.id.ms) + '-' + std::to_string(entry.id.seq)};
    entry.each([&](const Element& field, const Element& value) {
        all.push_back(text_of(field));
        all.push_back(text_of(value));
    });
    return all;
}

StreamEntry entry_of(const StreamNode& node, std::size_t index)
{
    auto place = node.first();
    while (index-- > 0) place = node.next(node[place]);
    return node[place];
}

constexpr std::string_view first_fields[] = {"a", "1", "b", "text"};
constexpr std::string_view other_values[] = {"a", "x", "b", "y"};
constexpr std::string_view other_fields[] = {"c", "3"};

StreamNode node_of_three()
{
    StreamNode node({5, 7}, first_fields);
    node.append({5, 8}, other_values);
    node.append({9, 0}, other_fields);
    return node;
}

TEST(StreamNode, IsWrittenAsRedisWritesIt)
{
    const StreamNode node = node_of_three();
    EXPECT_EQ(elements_of(node), (Texts{"3", "0", "2",  "a", "b",    "0",          // the node's own
                                        "2", "0", "0",  "1", "text", "5",          // 5-7
                                        "2", "0", "1",  "x", "y",    "5",          // 5-8
                                        "0", "4", "-7", "1", "c",    "3", "6"}));  // 9-0
    EXPECT_TRUE(Listpack::valid(node.pack().block()));
}

TEST(StreamNode, IsReadBothWays)
{
    const StreamNode node = node_of_three();
    EXPECT_EQ(texts_of(entry_of(node, 0)), (Texts{"5-7", "a", "1", "b", "text"}));
    EXPECT_EQ(texts_of(entry_of(node, 1)), (Texts{"5-8", "a", "x", "b", "y"}));
    EXPECT_EQ(texts_of(entry_of(node, 2)), (Texts{"9-0", "c", "3"}));
    std::vector<std::uint64_t> back;
    for (auto place = node.last(); place != node.end(); place = node.before(place))
        back.push_back(node[place].id.ms);
    EXPECT_EQ(back, (std::vector<std::uint64_t>{9, 5, 5}));
}

TEST(StreamNode, OnlyMarksWhatIsDeleted)
{
    StreamNode node = node_of_three();
    node.erase(entry_of(node, 1));
    EXPECT_EQ(node.live(), 2U);
    EXPECT_EQ(node.size(), 3U);
    EXPECT_TRUE(entry_of(node, 1).deleted);
    EXPECT_FALSE(entry_of(node, 2).deleted);
    EXPECT_EQ(elements_of(node)[12], "3");
    EXPECT_EQ(texts_of(entry_of(node, 2)), (Texts{"9-0", "c", "3"}));
}

// The counts take a second byte then, and everything behind them moves.
TEST(StreamNode, CountsBeyondOneByte)
{
    StreamNode node({1, 0}, first_fields);
    for (std::uint64_t i = 1; i < 300; ++i) node.append({1, i}, other_values);
    EXPECT_EQ(node.live(), 300U);
    for (auto place = node.first(); place != node.end();) {
        const StreamEntry entry = node[node.erase(node[place])];
        EXPECT_TRUE(entry.deleted);
        place = node.next(entry);
    }
    EXPECT_EQ(node.live(), 0U);
    EXPECT_EQ(node.size(), 300U);
    EXPECT_TRUE(Listpack::valid(node.pack().block()));
}

TEST(StreamNode, KeepsIdsThatAreFarApart)
{
    StreamNode node({1, StreamId::number_max}, other_fields);
    node.append(stream_id_max, other_fields);
    EXPECT_EQ(entry_of(node, 0).id, (StreamId{1, StreamId::number_max}));
    EXPECT_EQ(entry_of(node, 1).id, stream_id_max);
}

}  // namespace
}  // namespace mini_redis::values
