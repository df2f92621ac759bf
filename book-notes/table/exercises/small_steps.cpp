// A table that is full gets half as many slots more. When are the old ones emptied?
#include <algorithm>
#include <cstddef>

#include <gtest/gtest.h>

namespace {

// Without the keys: only how many there are, and how many old slots are still to be moved.
struct Table {
    std::size_t capacity = 1000;
    std::size_t keys = 0;
    std::size_t to_move = 0;

    bool full() const { return keys + 1 > capacity * 4 / 5; }
    bool growing() const { return to_move != 0; }
    void grow()
    {
        to_move = capacity;
        capacity += capacity / 2;
    }
    void move_slot() { --to_move; }
};

// Yours:
// Called by each insertion.
void move_some(Table& table)
{
    while (table.growing()) table.move_slot();
}

// The test:
TEST(SmallSteps, NoInsertionIsLong)
{
    Table table;
    std::size_t longest = 0;
    for (; table.keys < 1'000'000; ++table.keys) {
        if (table.full()) {
            ASSERT_FALSE(table.growing()) << "full again, and " << table.to_move << " not moved";
            table.grow();
        }
        const std::size_t before = table.to_move;
        move_some(table);
        longest = std::max(longest, before - table.to_move);
    }
    EXPECT_LE(longest, 5) << "one insertion had to move " << longest << " slots";
}

}  // namespace
