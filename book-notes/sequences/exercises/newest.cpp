// A gauge: who reads it wants the newest values, never mind the old ones. But where something is
// missing, the reader is told, and how much.
#include <cstddef>
#include <deque>
#include <stdexcept>
#include <string>

#include <gtest/gtest.h>

namespace {

struct Item {
    int value = 0;
    int missing_before = 0;
};

struct Gauge {
    void push(int value);
    Item take()
    {
        if (queue.empty()) throw std::out_of_range("nothing to take");
        const Item item = queue.front();
        queue.pop_front();
        return item;
    }

    std::size_t bound;  // at least 1
    std::deque<Item> queue;
};

// Yours:
void Gauge::push(int value)
{
    if (queue.size() == bound) take();
    queue.push_back({value});
}

// The test:
// Two rounds of ten values, with one taken between them and the rest behind them.
std::string read(std::size_t bound)
{
    Gauge gauge{bound, {}};
    std::string told;
    const auto take = [&] {
        const Item item = gauge.take();
        if (item.missing_before != 0) told += "-" + std::to_string(item.missing_before) + " ";
        told += std::to_string(item.value) + " ";
    };
    for (int value = 1; value <= 10; ++value) gauge.push(value);
    take();
    for (int value = 11; value <= 20; ++value) gauge.push(value);
    while (!gauge.queue.empty()) take();
    return told;
}

TEST(Newest, AreThereAndWhatIsMissingIsTold)
{
    EXPECT_EQ(read(20), "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 ");
    EXPECT_EQ(read(3), "-7 8 -9 18 19 20 ");
    EXPECT_EQ(read(1), "-9 10 -9 20 ");
}

}  // namespace
