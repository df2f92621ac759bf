// Ten slots for numbers below 100: the home of a number is its first digit, or the next free slot.
#include <array>
#include <cstddef>
#include <stdexcept>
#include <utility>

#include <gtest/gtest.h>

namespace {

struct Table {
    static constexpr int free = -1;
    static std::size_t next(std::size_t slot) { return (slot + 1) % 10; }

    Table() { slots.fill(free); }

    // Where a number is, or else the free slot that ends the search for it.
    std::size_t place_of(int number) const
    {
        auto slot = static_cast<std::size_t>(number / 10);
        for (int looks = 0; slots[slot] != free && slots[slot] != number; slot = next(slot))
            if (++looks == 10) throw std::length_error("the search has no end");
        return slot;
    }
    bool has(int number) const { return slots[place_of(number)] == number; }
    void insert(int number) { slots[place_of(number)] = number; }

    std::array<int, 10> slots{};
};

// Yours:
void remove(Table& table, int number)
{
    table.slots[table.place_of(number)] = Table::free;
}

// The test:
TEST(PastAFreeSlot, NobodyElseIsLost)
{
    for (const int removed : {31, 32, 50, 35, 95, 96}) {
        Table table;
        for (const int number : {31, 32, 50, 35, 95, 96}) table.insert(number);
        remove(table, removed);
        for (const int number : {31, 32, 50, 35, 95, 96})
            EXPECT_TRUE(number == removed || table.has(number))
                << removed << " is removed, and " << number << " is lost";
        EXPECT_FALSE(table.has(removed));
    }
}

TEST(PastAFreeSlot, AHundredMayComeAndGo)
{
    Table table;
    for (int number = 0; number < 100; ++number) {
        table.insert(number);
        remove(table, number);
    }
    EXPECT_FALSE(table.has(0));
}

}  // namespace
