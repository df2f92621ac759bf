// Ranges of indices: from either end, and beyond both.
#include "server/commands/index_range.hpp"

#include <limits>

#include <gtest/gtest.h>

namespace mini_redis::commands {
namespace {

void expect_range(std::int64_t start, std::int64_t stop, std::size_t from, std::size_t count)
{
    const IndexRange range = index_range(start, stop, 5);
    EXPECT_EQ(range.count, count) << start << " " << stop;
    if (count != 0) EXPECT_EQ(range.from, from) << start << " " << stop;
}

TEST(IndexRange, IsWhatOfItIsThere)
{
    constexpr auto least = std::numeric_limits<std::int64_t>::min();
    constexpr auto most = std::numeric_limits<std::int64_t>::max();
    expect_range(0, 4, 0, 5);
    expect_range(1, 2, 1, 2);
    expect_range(-2, -1, 3, 2);
    expect_range(0, -1, 0, 5);
    expect_range(least, most, 0, 5);
    expect_range(3, 2, 0, 0);
    expect_range(5, 9, 0, 0);
    expect_range(-9, -6, 0, 0);
    expect_range(-9, -5, 0, 1);
    EXPECT_EQ(index_range(0, -1, 0).count, 0U);
}

}  // namespace
}  // namespace mini_redis::commands
