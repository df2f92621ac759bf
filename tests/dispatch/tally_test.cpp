// Adding up what threads counted, and forgetting it without touching their counts.
#include "server/dispatch/tally.hpp"

#include <atomic>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mini_redis::dispatch {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

class Tallied : public testing::Test {
protected:
    Tallied()
    {
        for (int i = 0; i < 3; ++i) threads.emplace_back(2, 1);
    }

    std::deque<ThreadCounts> threads;
    Tally tally{threads};
};

TEST_F(Tallied, SumsAllThreads)
{
    for (ThreadCounts& thread : threads) {
        thread.statistics.served.add(10);
        thread.statistics.command(1).calls.add(4);
        thread.statistics.command(1).ran(100, 1.0, true);
        thread.statistics.count_error("ERR no");
        thread.keyspace.hits.add();
    }
    threads[1].statistics.bytes_out.add(7);
    EXPECT_EQ(tally.totals().served, 30U);
    EXPECT_EQ(tally.totals().bytes_out, 7U);
    EXPECT_EQ(tally.totals().hits, 3U);
    EXPECT_EQ(tally.totals().error_replies, 3U);
    EXPECT_EQ(tally.command(1).calls, 15U);
    EXPECT_EQ(tally.command(1).ticks, 300U);
    EXPECT_EQ(tally.nanoseconds(1).total, 3U);
    EXPECT_FALSE(tally.command(0).any());
    EXPECT_THAT(tally.errors(), ElementsAre(Pair("ERR", 3)));
}

TEST_F(Tallied, CountsFromZeroAfterAReset)
{
    for (ThreadCounts& thread : threads) {
        thread.statistics.served.add(10);
        thread.statistics.command(1).ran(100, 1.0, true);
        thread.statistics.command(0).rejected.add();
        thread.statistics.count_error("ERR no");
        thread.keyspace.evicted.add(5);
    }
    tally.reset();
    EXPECT_EQ(tally.totals().served, 0U);
    EXPECT_EQ(tally.totals().evicted, 0U);
    EXPECT_FALSE(tally.command(0).any());
    EXPECT_FALSE(tally.command(1).any());
    EXPECT_EQ(tally.nanoseconds(1).total, 0U);
    EXPECT_THAT(tally.errors(), IsEmpty());

    threads[2].statistics.command(1).ran(50, 1.0, true);
    threads[2].statistics.count_error("OOM no");
    EXPECT_EQ(tally.command(1).calls, 1U);
    EXPECT_EQ(tally.command(1).ticks, 50U);
    EXPECT_EQ(tally.nanoseconds(1).percentile(50),
              observability::Histogram::upper_bound(observability::Histogram::bucket_of(50)));
    EXPECT_THAT(tally.errors(), ElementsAre(Pair("OOM", 1)));
}

// Whatever is reset meanwhile, no sum ever falls below zero and none is lost.
TEST_F(Tallied, MayBeResetWhileThreadsCount)
{
    constexpr std::uint64_t rounds = 20'000;
    std::atomic<bool> done{false};
    std::thread counting([&] {
        for (std::uint64_t i = 0; i < rounds; ++i) {
            threads[0].statistics.served.add();
            threads[0].statistics.command(0).ran(i % 1000, 1.0, true);
        }
        done = true;
    });
    while (!done) {
        tally.reset();
        EXPECT_LE(tally.totals().served, rounds);
        EXPECT_LE(tally.command(0).calls, rounds);
        EXPECT_LE(tally.nanoseconds(0).total, rounds);
    }
    counting.join();
    tally.reset();
    EXPECT_EQ(tally.totals().served, 0U);
    EXPECT_EQ(threads[0].statistics.served.get(), rounds);
}

TEST_F(Tallied, SamplesItsRates)
{
    std::int64_t now = 1'000'000;
    tally.sample(now);
    for (int i = 0; i < 16; ++i) {
        threads[0].statistics.served.add(100);
        threads[1].statistics.bytes_in.add(2000);
        tally.sample(now += 100);
    }
    EXPECT_EQ(tally.commands_rate.per_second(), 1000U);
    EXPECT_EQ(tally.bytes_in_rate.per_second(), 20'000U);
    EXPECT_EQ(tally.bytes_out_rate.per_second(), 0U);
    tally.reset();
    EXPECT_EQ(tally.commands_rate.per_second(), 1000U);
}

}  // namespace
}  // namespace mini_redis::dispatch
