// A thousand pieces, dealt out to four threads as cards are. That is better than to give each a
// block, or is it? Fifty of the pieces are slow; choose which.
#include <algorithm>
#include <array>
#include <cstddef>

#include <gtest/gtest.h>

namespace {

// Yours:
constexpr bool slow(std::size_t piece)
{
    return piece < 50;
}

// The test:
TEST(DealtBadly, IsAsBadAsInBlocks)
{
    std::array<std::size_t, 4> loads{};
    std::size_t how_many = 0;
    for (std::size_t piece = 0; piece < 1000; ++piece) {
        how_many += slow(piece);
        loads[piece % 4] += slow(piece) ? 100 : 1;
    }
    const std::size_t last = *std::max_element(loads.begin(), loads.end());
    EXPECT_EQ(how_many, 50);
    EXPECT_EQ(last, 5200) << "the last thread is done after " << last;
}

}  // namespace
