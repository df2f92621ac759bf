// What the process says it uses follows what it allocates and frees, on whichever thread.
#include "server/observability/memory.hpp"

#include <memory>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace mini_redis::observability {
namespace {

constexpr std::size_t megabyte = 1 << 20;

class Memory : public testing::Test {
protected:
    Memory() { count_memory_of_this_thread(); }

    // As the allocator cannot hold back: in one piece.
    std::unique_ptr<char[]> allocate(std::size_t bytes) { return std::make_unique<char[]>(bytes); }
};

TEST_F(Memory, GrowsAndShrinksWithWhatIsAllocated)
{
    const std::uint64_t before = memory_used();
    auto piece = allocate(8 * megabyte);
    const std::uint64_t between = memory_used();
    EXPECT_GE(between, before + 8 * megabyte);
    EXPECT_LE(between, before + 11 * megabyte);
    piece.reset();
    EXPECT_LE(memory_used(), before + megabyte);
}

TEST_F(Memory, RemembersItsPeak)
{
    auto piece = allocate(8 * megabyte);
    const std::uint64_t peak = memory_used();
    piece.reset();
    EXPECT_LT(memory_used(), peak);
    EXPECT_GE(memory_used_peak(), peak);
}

TEST_F(Memory, WhatOneThreadAllocatesAnotherMayFree)
{
    const std::uint64_t before = memory_used();
    std::unique_ptr<char[]> piece;
    std::thread([&] {
        count_memory_of_this_thread();
        piece = allocate(8 * megabyte);
    }).join();
    EXPECT_GE(memory_used(), before + 8 * megabyte);
    piece.reset();
    EXPECT_LE(memory_used(), before + megabyte);
}

TEST_F(Memory, ManyThreadsMayComeAndGo)
{
    const std::uint64_t before = memory_used();
    std::vector<std::unique_ptr<char[]>> pieces(300);
    for (auto& piece : pieces)
        std::thread([&] {
            count_memory_of_this_thread();
            piece = allocate(megabyte / 8);
        }).join();
    EXPECT_GE(memory_used(), before + 300 * (megabyte / 8));
    pieces.clear();
    EXPECT_LE(memory_used(), before + megabyte);
}

TEST_F(Memory, TheReportAgreesWithItself)
{
    const auto piece = allocate(8 * megabyte);
    std::fill_n(piece.get(), 8 * megabyte, 'x');
    const MemoryReport report = memory_report();
    EXPECT_GE(report.resident, 8 * megabyte);
    EXPECT_GE(report.allocator_allocated, 8 * megabyte);
    EXPECT_GE(report.allocator_active, report.allocator_allocated);
    EXPECT_GE(report.allocator_resident, report.allocator_active);
    EXPECT_GT(report.total_system, report.resident);
    EXPECT_FALSE(allocator_name().empty());
    memory_purge();
}

}  // namespace
}  // namespace mini_redis::observability
