// What is taken for a range of a sorted set, and which members it has.
#include "server/commands/member_range.hpp"

#include "server/commands/range_query.hpp"
#include "tests/values/text_of.hpp"

#include <string>

#include <gtest/gtest.h>

namespace mini_redis::commands {
namespace {

using By = MemberRange::By;

SortedSet letters(bool large)
{
    SortedSet set;
    for (const auto& [member, score] : {std::pair("a", 1), {"b", 2}, {"c", 2}, {"d", 3}})
        set.set(member, score, large ? SortedSet::Limits{0, 0} : SortedSet::Limits{9, 9});
    return set;
}

std::string walked(const SortedSet& set, SortedSet::Ranks ranks, Order order)
{
    std::string members;
    set.walk(ranks, order,
             [&](const Element& member, double) { members += values::text_of(member); });
    return members;
}

// The same of a small and of a large set; or the error.
std::string members(By by, std::string_view min, std::string_view max)
{
    protocol::Buffer buffer;
    Writer reply(buffer, Dialect::resp2);
    MemberRange range;
    if (!range.read(by, min, max, reply)) return std::string(buffer.view());
    const SortedSet small = letters(false);
    const SortedSet large = letters(true);
    std::string found = walked(small, range.within(small), Order::ascending);
    EXPECT_EQ(walked(large, range.within(large), Order::ascending), found);
    return found;
}

std::string queried(const RangeQuery::Kind& kind, std::vector<std::string_view> words)
{
    protocol::Buffer buffer;
    Writer reply(buffer, Dialect::resp2);
    RangeQuery query(kind);
    if (!query.read(words, reply)) return std::string(buffer.view());
    const SortedSet small = letters(false);
    const SortedSet large = letters(true);
    std::string found = walked(small, query.ranks(small), query.order());
    EXPECT_EQ(walked(large, query.ranks(large), query.order()), found);
    return found;
}

TEST(MemberRange, CountsRanksFromBothEnds)
{
    EXPECT_EQ(members(By::rank, "0", "-1"), "abcd");
    EXPECT_EQ(members(By::rank, "-2", "9"), "cd");
    EXPECT_EQ(members(By::rank, "-9", "0"), "a");
    EXPECT_EQ(members(By::rank, "2", "1"), "");
    EXPECT_EQ(members(By::rank, "4", "5"), "");
    EXPECT_EQ(members(By::rank, "x", "5"), "-ERR value is not an integer or out of range\r\n");
}

TEST(MemberRange, ReadsScoresAsLenientlyAsC)
{
    EXPECT_EQ(members(By::score, "2", "2"), "bc");
    EXPECT_EQ(members(By::score, "(1", "(3"), "bc");
    EXPECT_EQ(members(By::score, "", "2"), "abc");
    EXPECT_EQ(members(By::score, "(", "0x2"), "abc");
    EXPECT_EQ(members(By::score, " 2", "1e999"), "bcd");
    EXPECT_EQ(members(By::score, "-inf", "+inf"), "abcd");
    EXPECT_EQ(members(By::score, std::string_view("2\0x", 3), "9"), "bcd");
    EXPECT_EQ(members(By::score, "3", "1"), "");
    EXPECT_EQ(members(By::score, "(2", "2"), "");
    for (const char* wrong : {"2 ", "((2", "nan", "x", "-", "2,5"})
        EXPECT_EQ(members(By::score, wrong, "2"), "-ERR min or max is not a float\r\n") << wrong;
}

TEST(MemberRange, ReadsTextsBehindTheirBrackets)
{
    EXPECT_EQ(members(By::text, "-", "+"), "abcd");
    EXPECT_EQ(members(By::text, "[b", "(d"), "bc");
    EXPECT_EQ(members(By::text, "(b", "[d"), "cd");
    EXPECT_EQ(members(By::text, "[", "[bb"), "ab");
    EXPECT_EQ(members(By::text, "+", "-"), "");
    EXPECT_EQ(members(By::text, "+", "+"), "");
    EXPECT_EQ(members(By::text, "-", "-"), "");
    for (const char* wrong : {"", "b", "--", "+a"})
        EXPECT_EQ(members(By::text, wrong, "+"), "-ERR min or max not valid string range item\r\n")
            << wrong;
}

TEST(RangeQuery, TakesAPartOfARangeInItsOrder)
{
    EXPECT_EQ(queried({}, {"1", "2"}), "bc");
    EXPECT_EQ(queried({}, {"1", "2", "REV"}), "cb");
    EXPECT_EQ(queried({}, {"1", "3", "ByScore", "limit", "1", "2"}), "bc");
    EXPECT_EQ(queried({}, {"3", "1", "BYSCORE", "REV", "LIMIT", "1", "-1"}), "cba");
    EXPECT_EQ(queried({}, {"3", "1", "BYSCORE", "REV", "LIMIT", "1", "1"}), "c");
    EXPECT_EQ(queried({}, {"1", "3", "BYSCORE", "LIMIT", "-1", "1"}), "");
    EXPECT_EQ(queried({}, {"1", "3", "BYSCORE", "LIMIT", "9", "1"}), "");
    EXPECT_EQ(queried({.by = By::text, .order = Order::descending}, {"[c", "-"}), "cba");
}

TEST(RangeQuery, IsToldNothingTwice)
{
    const std::string wrong = "-ERR syntax error\r\n";
    EXPECT_EQ(queried({}, {"0", "1", "REV", "REV"}), wrong);
    EXPECT_EQ(queried({}, {"0", "1", "BYLEX", "BYSCORE"}), wrong);
    EXPECT_EQ(queried({.by = By::score, .order = {}}, {"0", "1", "BYSCORE"}), wrong);
    EXPECT_EQ(queried({.by = {}, .order = {}, .replies = false}, {"0", "1", "WITHSCORES"}), wrong);
    EXPECT_EQ(queried({}, {"0", "1", "LIMIT", "0"}), wrong);
}

}  // namespace
}  // namespace mini_redis::commands
