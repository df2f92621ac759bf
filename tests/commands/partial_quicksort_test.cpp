// The first few of many, beside std::sort. (Which of equal ones they are is compared with
// redis-server, by random GEOSEARCHes.)
#include "server/commands/partial_quicksort.hpp"

#include <algorithm>
#include <random>
#include <vector>

#include <gtest/gtest.h>

namespace mini_redis::commands {
namespace {

TEST(PartialQuicksort, PutsTheFirstOnesInOrder)
{
    std::mt19937 random(1);
    for (int round = 0; round < 3000; ++round) {
        std::vector<int> numbers(random() % 200);
        const auto different = 1 + random() % 300;
        for (int& number : numbers) number = static_cast<int>(random() % different);
        std::vector<int> sorted = numbers;
        std::ranges::sort(sorted);
        const std::size_t wanted = numbers.empty() ? 0 : random() % numbers.size();
        partial_quicksort(std::span(numbers), wanted, [](int a, int b) { return a - b; });
        for (std::size_t i = 0; i < wanted; ++i) ASSERT_EQ(numbers[i], sorted[i]);
        std::ranges::sort(numbers);
        ASSERT_EQ(numbers, sorted);
    }
}

}  // namespace
}  // namespace mini_redis::commands
