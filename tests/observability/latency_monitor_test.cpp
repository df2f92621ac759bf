// Events that took long: the worst of each second, of the last 160 seconds in which there was one.
#include "server/observability/latency_monitor.hpp"

#include <gtest/gtest.h>

namespace mini_redis::observability {
namespace {

TEST(LatencyMonitor, ASecondIsRememberedByItsWorst)
{
    LatencyMonitor monitor;
    monitor.add("command", 100, 5);
    monitor.add("command", 100, 9);
    monitor.add("command", 100, 7);
    monitor.add("command", 101, 6);
    const auto event = monitor.event("command");
    ASSERT_TRUE(event);
    ASSERT_EQ(event->samples.size(), 2U);
    EXPECT_EQ(event->samples[0].milliseconds, 9U);
    EXPECT_EQ(event->samples[1].unix_seconds, 101);
    EXPECT_EQ(event->worst_milliseconds, 9U);
}

TEST(LatencyMonitor, OldSecondsGoButTheWorstIsRemembered)
{
    LatencyMonitor monitor;
    monitor.add("command", 0, 1000);
    for (std::int64_t second = 1; second <= 160; ++second) monitor.add("command", second, 1);
    const auto event = monitor.event("command");
    EXPECT_EQ(event->samples.size(), 160U);
    EXPECT_EQ(event->samples.front().unix_seconds, 1);
    EXPECT_EQ(event->worst_milliseconds, 1000U);
}

TEST(LatencyMonitor, OnlyWhatReachesTheThresholdIsRecorded)
{
    LatencyMonitor monitor;
    monitor.add_if_slow("command", 1, 99, 100);
    monitor.add_if_slow("command", 1, 1000, 0);  // switched off
    EXPECT_TRUE(monitor.events().empty());
    monitor.add_if_slow("command", 1, 100, 100);
    EXPECT_EQ(monitor.events().size(), 1U);
}

TEST(LatencyMonitor, ForgetsWhatIsNamedInAnyCaseOrAll)
{
    LatencyMonitor monitor;
    for (const char* name : {"command", "fast-command", "eviction-cycle"}) monitor.add(name, 1, 1);
    const std::vector<std::string_view> names{"COMMAND", "nosuch", "command"};
    EXPECT_EQ(monitor.reset(names), 1U);
    EXPECT_FALSE(monitor.event("command"));
    EXPECT_TRUE(monitor.event("fast-command"));
    EXPECT_EQ(monitor.reset({}), 2U);
    EXPECT_TRUE(monitor.events().empty());
}

}  // namespace
}  // namespace mini_redis::observability
