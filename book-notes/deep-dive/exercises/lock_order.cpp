// Several commands run at once, each on a thread of its own, and each locks all of its shards
// before it begins. In which order, so that in no order of events they stand still?
#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace {

using Shards = std::vector<int>;
using Keys = std::vector<std::string>;

int shard_of(const std::string& key)
{
    return key.front() % 4;
}

// Yours:
// The shards of these keys, in the order in which they are locked.
Shards to_lock(const Keys& keys)
{
    Shards shards;
    for (const std::string& key : keys) shards.push_back(shard_of(key));
    return shards;
}

// The test:
// Two have locked so many of theirs: can it come to where neither goes on?
bool can_stand_still(std::span<const int> one, std::size_t first, std::span<const int> two,
                     std::size_t second)
{
    const auto held = [&](int shard) {
        return std::ranges::count(one.first(first), shard) +
                   std::ranges::count(two.first(second), shard) !=
               0;
    };
    if (first == one.size() || second == two.size()) return false;
    const bool one_waits = held(one[first]);
    const bool two_waits = held(two[second]);
    return (one_waits && two_waits) ||
           (!one_waits && can_stand_still(one, first + 1, two, second)) ||
           (!two_waits && can_stand_still(one, first, two, second + 1));
}

TEST(LockOrder, LetsNoTwoCommandsWaitForEachOther)
{
    const std::vector<Keys> commands{
        {"a", "b"}, {"b", "a"}, {"a", "d"}, {"d", "e"}, {"d", "a", "b"}};
    for (const Keys& one : commands)
        for (const Keys& two : commands)
            ASSERT_FALSE(can_stand_still(to_lock(one), 0, to_lock(two), 0))
                << "stand still: " << one.front() << " " << one.back() << " and " << two.front()
                << " " << two.back();
}

TEST(LockOrder, LocksEachShardOnce)
{
    const Shards shards = to_lock({"a", "e", "i", "b"});
    EXPECT_EQ(shards.size(), 2) << "locks, one of them twice: it waits for itself";
    EXPECT_EQ(std::ranges::count(shards, shard_of("a")), 1);
    EXPECT_EQ(std::ranges::count(shards, shard_of("b")), 1);
}

}  // namespace
