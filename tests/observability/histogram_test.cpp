// Durations in buckets: every value in one, none wider than an eighth of what it holds.
#include "server/observability/histogram.hpp"

#include <cstdint>

#include <gtest/gtest.h>

namespace mini_redis::observability {
namespace {

constexpr std::size_t last_bucket = Histogram::bucket_count - 1;

TEST(Histogram, BucketsFollowEachOtherWithoutGaps)
{
    for (std::size_t bucket = 0; bucket < last_bucket; ++bucket) {
        const std::uint64_t bound = Histogram::upper_bound(bucket);
        EXPECT_EQ(Histogram::bucket_of(bound), bucket);
        EXPECT_EQ(Histogram::bucket_of(bound + 1), bucket + 1);
    }
}

TEST(Histogram, ABucketIsNoWiderThanAnEighthOfWhatItHolds)
{
    for (std::size_t bucket = 1; bucket < Histogram::bucket_count; ++bucket) {
        const std::uint64_t low = Histogram::upper_bound(bucket - 1) + 1;
        EXPECT_LE(Histogram::upper_bound(bucket) - low, low / 8);
    }
}

TEST(Histogram, WhatIsTooLongFallsIntoTheLastBucket)
{
    EXPECT_EQ(Histogram::upper_bound(last_bucket), (std::uint64_t{1} << 40) - 1);
    EXPECT_EQ(Histogram::bucket_of(std::uint64_t{1} << 40), last_bucket);
    EXPECT_EQ(Histogram::bucket_of(UINT64_MAX), last_bucket);
}

HistogramSum one_to(std::uint64_t count)
{
    Histogram histogram;
    for (std::uint64_t value = 1; value <= count; ++value) histogram.add(value);
    HistogramSum sum;
    sum.add(histogram);
    return sum;
}

TEST(Histogram, PercentilesAreRightToAnEighth)
{
    const HistogramSum sum = one_to(10'000);
    EXPECT_EQ(sum.total, 10'000U);
    for (const double percent : {1.0, 50.0, 90.0, 99.0, 99.9, 100.0}) {
        const double exact = percent * 100;
        const auto found = static_cast<double>(sum.percentile(percent));
        EXPECT_GE(found, exact) << percent;
        EXPECT_LE(found, exact * 1.125) << percent;
    }
}

TEST(Histogram, PercentilesOfOneValueAreThatValue)
{
    Histogram histogram;
    histogram.add(5);
    HistogramSum sum;
    sum.add(histogram);
    for (const double percent : {0.0, 50.0, 100.0}) EXPECT_EQ(sum.percentile(percent), 5U);
    EXPECT_EQ(HistogramSum{}.percentile(50), 0U);
}

TEST(Histogram, SumsAddUpAndCanBeTakenApart)
{
    HistogramSum sum = one_to(100);
    const HistogramSum before = sum;
    Histogram more;
    more.add(1'000'000);
    sum.add(more);
    EXPECT_EQ(sum.total, 101U);
    sum.subtract(before);
    EXPECT_EQ(sum.total, 1U);
    EXPECT_GE(sum.percentile(1), 1'000'000U);
}

}  // namespace
}  // namespace mini_redis::observability
