// What a thread counts: errors by their code, and never more codes than the bound.
#include "server/observability/statistics.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mini_redis::observability {
namespace {

using testing::ElementsAre;
using testing::Pair;

TEST(Statistics, ErrorsAreCountedByTheirFirstWord)
{
    Statistics statistics(1);
    statistics.count_error("WRONGTYPE Operation against a key");
    statistics.count_error("WRONGTYPE\r\n");
    statistics.count_error("ERR syntax error");
    statistics.count_error("");
    // A code longer than Redis looks for a space.
    statistics.count_error(std::string(30, 'A') + " text");
    statistics.count_error(std::string(31, 'B') + " text");
    EXPECT_THAT(statistics.errors(),
                ElementsAre(Pair(std::string(30, 'A'), 1), Pair("ERR", 4), Pair("WRONGTYPE", 1)));
    EXPECT_EQ(statistics.error_replies.get(), 6U);
}

TEST(Statistics, TheNumberOfCodesIsBounded)
{
    Statistics statistics(1);
    for (int i = 0; i < 1000; ++i) statistics.count_error("CODE" + std::to_string(i) + " text");
    statistics.count_error("CODE0 text");
    EXPECT_EQ(statistics.errors().size(), Statistics::error_codes_max);
    EXPECT_EQ(statistics.errors()["CODE0"], 2U);
    EXPECT_EQ(statistics.error_replies.get(), 1001U);
}

TEST(Statistics, ACommandIsCountedWhetherItsLatencyIsTrackedOrNot)
{
    Statistics statistics(2);
    CommandStatistics& command = statistics.command(1);
    command.ran(10, 2.0, false);
    EXPECT_EQ(command.nanoseconds.load(), nullptr);
    command.ran(30, 2.0, true);
    EXPECT_EQ(command.calls.get(), 2U);
    EXPECT_EQ(command.ticks.get(), 40U);
    ASSERT_NE(command.nanoseconds.load(), nullptr);
    EXPECT_EQ(command.nanoseconds.load()->count(Histogram::bucket_of(60)), 1U);
    EXPECT_EQ(statistics.command(0).calls.get(), 0U);
}

}  // namespace
}  // namespace mini_redis::observability
