// Finding keys by their specifications: in ranges, by number, behind a keyword.
#include "server/dispatch/key_search.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace mini_redis::dispatch {
namespace {

std::string found(const KeySpec& spec, const std::vector<Word>& words)
{
    const auto range = find_keys(spec, words, spec.first);
    if (!range) return "unknown";
    return range->first > range->last
               ? "none"
               : std::to_string(range->first) + "-" + std::to_string(range->last);
}

TEST(KeySearch, ARangeEndsWhereItIsSaid)
{
    EXPECT_EQ(found({.first = 1}, {"get", "k"}), "1-1");
    EXPECT_EQ(found({.first = 1, .last = 1}, {"rename", "a", "b"}), "1-2");
    EXPECT_EQ(found({.first = 1, .last = -2}, {"blpop", "a", "b", "0"}), "1-2");
    EXPECT_EQ(found({.first = 1, .last = 1}, {"rename", "a"}), "unknown");
    EXPECT_EQ(found({.first = 1}, {"get"}), "unknown");
}

TEST(KeySearch, CountedKeysHaveToBeThere)
{
    const KeySpec counted{.first = 1, .reach = KeySpec::Reach::counted};
    EXPECT_EQ(found(counted, {"sintercard", "2", "a", "b", "limit"}), "2-3");
    for (const Word number : {"1", "1x", " +1", "4294967297"})
        EXPECT_EQ(found(counted, {"sintercard", number, "a", "b"}), "2-2") << number;
    for (const Word number : {"0", "3", "-1", "x", "", "+-1", "9223372036854775807"})
        EXPECT_EQ(found(counted, {"sintercard", number, "a", "b"}), "unknown") << number;
    EXPECT_EQ(found(counted, {"sintercard"}), "unknown");
}

TEST(KeySearch, AKeywordMayStandAnywhereBehindItsFirstPlace)
{
    const KeySpec store{.first = 2, .keyword = "STORE"};
    EXPECT_EQ(found(store, {"sort", "a", "desc", "store", "b"}), "4-4");
    EXPECT_EQ(found(store, {"sort", "store", "desc"}), "none");
    EXPECT_EQ(found(store, {"sort", "a", "store"}), "none");
    const KeySpec again{.first = 2, .keyword = "STORE", .again = true};
    EXPECT_EQ(found(again, {"sort", "a", "store", "b", "store", "c"}), "3-3");
    const KeySpec streams{.first = 1, .last = -1, .keyword = "STREAMS", .share = 2};
    EXPECT_EQ(found(streams, {"xread", "count", "2", "streams", "a", "b", "0", "0"}), "4-5");
    EXPECT_EQ(found(streams, {"xread", "streams", "a"}), "unknown");
}

TEST(KeySearch, WhatIsUnknownIsNotLookedFor)
{
    EXPECT_EQ(found({.first = 1, .reach = KeySpec::Reach::unknown}, {"sort", "a"}), "none");
}

}  // namespace
}  // namespace mini_redis::dispatch
