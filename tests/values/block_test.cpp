// The steps, and growing within one and past it.
#include "server/values/block.hpp"

#include <array>
#include <cstring>
#include <string_view>
#include <utility>

#include <gtest/gtest.h>

namespace mini_redis::values {
namespace {

TEST(Block, ComesInTheStepsOfTheAllocator)
{
    constexpr std::array<std::pair<std::size_t, std::size_t>, 9> steps{{{1, 16},
                                                                        {16, 16},
                                                                        {17, 32},
                                                                        {128, 128},
                                                                        {129, 160},
                                                                        {160, 160},
                                                                        {256, 256},
                                                                        {257, 320},
                                                                        {70'000, 81'920}}};
    for (const auto& [bytes, allocated] : steps) EXPECT_EQ(allocation_size(bytes), allocated);
}

TEST(Block, StaysWhereItIsWithinAStep)
{
    void* block = allocate(129);
    EXPECT_EQ(reallocate(block, 129, 160), block);
    EXPECT_EQ(reallocate(block, 160, 130), block);
    std::free(block);
}

TEST(Block, KeepsItsBytesPastAStep)
{
    auto* block = static_cast<char*>(reallocate(nullptr, 0, 5));
    std::memcpy(block, "hello", 5);
    block = static_cast<char*>(reallocate(block, 5, 70'000));
    EXPECT_EQ(std::string_view(block, 5), "hello");
    std::memset(block, 0, 70'000);
    std::free(block);
}

}  // namespace
}  // namespace mini_redis::values
