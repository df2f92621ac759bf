// Each collection, packed and large, there and back; and what is corrupt, double or empty.
#include "server/values/rdb_collections.hpp"

#include "tests/values/text_of.hpp"

#include <limits>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>

namespace mini_redis::values {
namespace {

using testing::ElementsAre;

constexpr RdbLimits rdb_limits{{8, 16}, {64, 100}, {8}, {8, 16}};

template <class Collection>
std::string rdb_of(const Collection& collection)
{
    RdbWriter out;
    write_rdb(out, collection);
    return out.take();
}

// Nothing if it cannot be read.
template <class Collection>
std::optional<Collection> read_back(const std::string& bytes)
{
    RdbReader in(bytes);
    Collection collection;
    const RdbType type = in.type();
    if (!read_rdb(in, type, rdb_limits, collection)) return std::nullopt;
    return collection;
}

std::map<std::string, std::string> fields_of(const Hash& hash)
{
    std::map<std::string, std::string> all;
    hash.each([&](const Element& field, const Element& value) {
        all.emplace(text_of(field), text_of(value));
    });
    return all;
}

std::set<std::string> members_of(const Set& set)
{
    std::set<std::string> all;
    set.each([&](const Element& member) { all.insert(text_of(member)); });
    return all;
}

std::vector<std::string> elements_of(const List& list)
{
    std::vector<std::string> all;
    list.walk(End::head, [&](const Element& element) { all.push_back(text_of(element)); });
    return all;
}

// With a type in front, a count and so many texts.
std::string plain(RdbType type, std::initializer_list<std::string_view> texts, std::size_t step = 1)
{
    RdbWriter out;
    out.type(type);
    out.length(texts.size() / step);
    for (const std::string_view text : texts) out.text(text);
    return out.take();
}

std::string one_block(RdbType type, std::string_view block)
{
    RdbWriter out;
    out.type(type);
    out.text(block);
    return out.take();
}

Listpack pack_of_elements(std::initializer_list<std::string_view> texts)
{
    Listpack pack;
    for (const std::string_view text : texts) pack.append({element_of(text)});
    return pack;
}

TEST(RdbCollections, BringHashesBack)
{
    for (const int size : {1, 8, 9, 1000}) {
        Hash hash;
        for (int i = 0; i < size; ++i)
            hash.set("f" + std::to_string(i), std::to_string(i * i), rdb_limits.hash);
        const auto again = read_back<Hash>(rdb_of(hash));
        ASSERT_TRUE(again);
        EXPECT_EQ(fields_of(*again), fields_of(hash));
        EXPECT_EQ(again->packed(), hash.packed());
    }
}

TEST(RdbCollections, BringSetsBack)
{
    for (const int size : {1, 8, 9, 1000}) {
        for (const char* prefix : {"", "m"}) {
            Set set;
            for (int i = 0; i < size; ++i)
                set.add(prefix + std::to_string(i * i * i), rdb_limits.set);
            const auto again = read_back<Set>(rdb_of(set));
            ASSERT_TRUE(again);
            EXPECT_EQ(members_of(*again), members_of(set));
            EXPECT_EQ(again->packed(), set.packed());
        }
    }
}

TEST(RdbCollections, BringListsBack)
{
    for (const int size : {1, 8, 9, 1000}) {
        List list;
        for (int i = 0; i < size; ++i)
            list.push(End::tail, std::string(static_cast<std::size_t>(i % 100), 'x'),
                      rdb_limits.list);
        const auto again = read_back<List>(rdb_of(list));
        ASSERT_TRUE(again);
        EXPECT_EQ(elements_of(*again), elements_of(list));
        EXPECT_EQ(again->size(), list.size());
        EXPECT_EQ(again->blocks(), list.blocks());
    }
}

std::vector<std::pair<std::string, double>> scores_of(const SortedSet& set)
{
    std::vector<std::pair<std::string, double>> all;
    set.walk({0, set.size()}, Order::ascending, [&](const Element& member, double score) {
        all.emplace_back(text_of(member), score);
    });
    return all;
}

TEST(RdbCollections, BringSortedSetsBack)
{
    for (const int size : {1, 8, 9, 1000}) {
        SortedSet set;
        for (int i = 0; i < size; ++i)
            set.set("m" + std::to_string(i), i * i % 101 / 8.0, rdb_limits.sorted_set);
        set.set("7", -std::numeric_limits<double>::infinity(), rdb_limits.sorted_set);
        const auto again = read_back<SortedSet>(rdb_of(set));
        ASSERT_TRUE(again);
        EXPECT_EQ(scores_of(*again), scores_of(set));
        EXPECT_EQ(again->packed(), set.packed());
    }
}

TEST(RdbCollections, HaveScoresThatAreNumbersAndInOrder)
{
    const auto set_of = [](std::initializer_list<std::string_view> texts) {
        return read_back<SortedSet>(
            one_block(RdbType::sorted_set_listpack, pack_of_elements(texts).block()));
    };
    EXPECT_TRUE(set_of({"b", "1", "a", "1.5", "c", "1.5"}));
    EXPECT_FALSE(set_of({"a", "2", "b", "1"}));
    EXPECT_FALSE(set_of({"b", "1", "a", "1"}));
    EXPECT_FALSE(set_of({"a", "1", "a", "2"}));
    EXPECT_FALSE(set_of({"a", "nan"}));
    EXPECT_FALSE(set_of({"a", "b"}));
    const std::string old(
        "\x03\x03\x01"
        "a\x03"
        "1.5\x01"
        "b\xfe\x01"
        "c\xff",
        14);
    EXPECT_THAT(
        scores_of(*read_back<SortedSet>(old)),
        ElementsAre(std::pair("c", -std::numeric_limits<double>::infinity()), std::pair("a", 1.5),
                    std::pair("b", std::numeric_limits<double>::infinity())));
    EXPECT_FALSE(
        read_back<SortedSet>(std::string("\x03\x01\x01"
                                         "a\xfd",
                                         5)));
    EXPECT_FALSE(
        read_back<SortedSet>(std::string("\x05\x01\x01"
                                         "a\0\0\0\0\0\0\xf8\x7f",
                                         12)));
}

TEST(RdbCollections, BecomeLargeWhereTheyHaveMoreThanIsPackedHere)
{
    Hash hash;
    for (int i = 0; i < 9; ++i) hash.set(std::to_string(i), "v", {100, 100});
    const auto fields = read_back<Hash>(rdb_of(hash));
    ASSERT_TRUE(fields);
    EXPECT_FALSE(fields->packed());
    EXPECT_EQ(fields_of(*fields), fields_of(hash));

    Set set;
    for (int i = 0; i < 9; ++i) set.add(std::to_string(i), {100});
    const auto members = read_back<Set>(rdb_of(set));
    ASSERT_TRUE(members);
    EXPECT_FALSE(members->packed());
    EXPECT_EQ(members_of(*members), members_of(set));
}

TEST(RdbCollections, AreReadTextByText)
{
    EXPECT_THAT(fields_of(*read_back<Hash>(plain(RdbType::hash, {"f", "1", "g", ""}, 2))),
                ElementsAre(std::pair("f", "1"), std::pair("g", "")));
    EXPECT_THAT(members_of(*read_back<Set>(plain(RdbType::set, {"1", "a"}))),
                ElementsAre("1", "a"));
    EXPECT_THAT(elements_of(*read_back<List>(plain(RdbType::list, {"b", "a", "b"}))),
                ElementsAre("b", "a", "b"));
}

TEST(RdbCollections, HaveNothingTwiceAndAreNotEmpty)
{
    EXPECT_FALSE(read_back<Hash>(plain(RdbType::hash, {"f", "1", "f", "2"}, 2)));
    EXPECT_FALSE(read_back<Hash>(plain(RdbType::hash, {})));
    EXPECT_FALSE(read_back<Set>(plain(RdbType::set, {"a", "a"})));
    EXPECT_FALSE(read_back<Set>(plain(RdbType::set, {"1", "1"})));
    EXPECT_FALSE(read_back<Set>(plain(RdbType::set, {})));
    EXPECT_FALSE(read_back<List>(plain(RdbType::list, {})));
    EXPECT_FALSE(read_back<List>(plain(RdbType::list_quicklist_2, {})));
    const auto hash_of = [](std::initializer_list<std::string_view> texts) {
        return read_back<Hash>(one_block(RdbType::hash_listpack, pack_of_elements(texts).block()));
    };
    EXPECT_TRUE(hash_of({"f", "1", "g", "f"}));
    EXPECT_FALSE(hash_of({"f", "1", "g", "2", "f", "3"}));
    EXPECT_FALSE(hash_of({"7", "1", "7", "3"}));
    EXPECT_FALSE(hash_of({"f", "1", "g"}));
    EXPECT_FALSE(hash_of({}));
    const std::string none(Intset().block());
    EXPECT_FALSE(read_back<Set>(one_block(RdbType::set_intset, none)));
}

// (redis-server 7.0.15 asks for the memory, or counts for hours.)
TEST(RdbCollections, DoNotBelieveHowManyThereAre)
{
    for (const RdbType type : {RdbType::hash, RdbType::set, RdbType::list, RdbType::list_quicklist,
                               RdbType::list_quicklist_2}) {
        RdbWriter out;
        out.type(type);
        out.length(~std::uint64_t{0});
        out.text("a");
        out.text("b");
        const std::string bytes = out.take();
        EXPECT_FALSE(read_back<Hash>(bytes));
        EXPECT_FALSE(read_back<Set>(bytes));
        EXPECT_FALSE(read_back<List>(bytes));
    }
}

// Nobody would find it.
TEST(RdbCollections, HaveNoIntegerAsAText)
{
    Listpack pack;
    pack.append({Element("17"), Element("v")});
    EXPECT_FALSE(read_back<Hash>(one_block(RdbType::hash_listpack, pack.block())));
}

TEST(RdbCollections, AreReadSafelyWhateverByteIsChanged)
{
    Hash hash;
    Set set;
    List list;
    for (int i = 0; i < 8; ++i) {
        hash.set("f" + std::to_string(i), std::to_string(i * 1000), rdb_limits.hash);
        set.add(std::to_string(i * 1000), rdb_limits.set);
        list.push(End::tail, "element " + std::to_string(i), rdb_limits.list);
    }
    for (const std::string& good : {rdb_of(hash), rdb_of(set), rdb_of(list)}) {
        for (std::size_t at = 1; at < good.size(); ++at) {
            for (int value = 0; value < 256; ++value) {
                std::string changed = good;
                changed[at] = static_cast<char>(value);
                if (const auto read = read_back<Hash>(changed)) fields_of(*read);
                if (const auto read = read_back<Set>(changed)) members_of(*read);
                if (const auto read = read_back<List>(changed)) elements_of(*read);
            }
        }
    }
}

}  // namespace
}  // namespace mini_redis::values
