// A thousand pieces of work for four threads, each of which begins with a block. Those of the first
// are mostly slow, so the others have nothing to do soon: they might take over what is left.
#include <algorithm>
#include <array>
#include <cstddef>
#include <span>

#include <gtest/gtest.h>

namespace {

// Pieces that nobody has begun with. Their owner does the first of them next.
struct Block {
    std::size_t size() const { return end - begin; }

    std::size_t begin, end;
};

// Yours:
// `mine` is empty. It stays so if there is nothing to be had.
void steal([[maybe_unused]] std::span<Block> all, [[maybe_unused]] Block& mine) {}

// The test:
std::size_t cost(std::size_t piece)
{
    return piece < 50 ? 100 : 1;
}

TEST(TakesHalf, AllAreDoneSoonAndSeldomDisturbEachOther)
{
    constexpr std::size_t gone = 1'000'000;
    std::array<Block, 4> blocks{{{0, 250}, {250, 500}, {500, 750}, {750, 1000}}};
    std::array<std::size_t, 4> free_at{};
    std::size_t pieces = 0, last = 0, thefts = 0;
    for (;;) {
        const auto thread = std::ranges::min_element(free_at);
        if (*thread == gone) break;
        Block& mine = blocks[static_cast<std::size_t>(thread - free_at.begin())];
        if (mine.size() == 0) {
            ++thefts;
            steal(blocks, mine);
        }
        if (mine.size() == 0) {
            *thread = gone;
        } else {
            ++pieces;
            *thread += cost(mine.begin++);
            last = std::max(last, *thread);
        }
    }
    EXPECT_EQ(pieces, 1000);
    EXPECT_LE(last, 1600) << "the last one is done after " << last;
    EXPECT_LE(thefts, 50) << "stolen " << thefts << " times";
}

}  // namespace
