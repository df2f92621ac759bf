// What Prometheus is told.
#include "server/admin/exposition.hpp"

#include <map>
#include <sstream>
#include <string>

#include <gmock/gmock.h>

namespace mini_redis::admin {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(Exposition, SaysThatTheServerIsUp)
{
    const std::string page = exposition("", 0);
    EXPECT_THAT(page, HasSubstr("# TYPE redis_up gauge\nredis_up 1\n"));
}

TEST(Exposition, TellsFieldsThatAreNumbers)
{
    const std::string page = exposition(
        "# Clients\r\nconnected_clients:7\r\n# Stats\r\ntotal_commands_processed:12\r\n"
        "# CPU\r\nused_cpu_sys:0.500000\r\n",
        0);
    EXPECT_THAT(page, HasSubstr("# TYPE redis_connected_clients gauge\n"
                                "redis_connected_clients 7\n"));
    EXPECT_THAT(page, HasSubstr("# TYPE redis_commands_processed_total counter\n"
                                "redis_commands_processed_total 12\n"));
    EXPECT_THAT(page, HasSubstr("redis_cpu_sys_seconds_total 0.500000\n"));
}

TEST(Exposition, LeavesOutWhatIsNone)
{
    const std::string page =
        exposition("# Memory\r\nused_memory:many\r\nused_memory_rss:\r\nmaxmemory:1k\r\n", 0);
    EXPECT_THAT(page, Not(HasSubstr("memory")));
}

TEST(Exposition, TellsWhenTheServerWasStarted)
{
    const std::string page = exposition("# Server\r\nuptime_in_seconds:100\r\n", 1'700'000'100);
    EXPECT_THAT(page, HasSubstr("redis_start_time_seconds 1700000000\n"));
    EXPECT_THAT(page, HasSubstr("redis_uptime_in_seconds 100\n"));
}

TEST(Exposition, TellsOfTheInstanceByLabels)
{
    const std::string page = exposition(
        "# Server\r\nredis_version:7.0.15\r\nos:a \"b\" \\c\r\n# Replication\r\nrole:master\r\n",
        0);
    EXPECT_THAT(page, HasSubstr("redis_instance_info{role=\"master\",redis_version=\"7.0.15\","
                                "os=\"a \\\"b\\\" \\\\c\"} 1\n"));
}

TEST(Exposition, TellsOfEachCommand)
{
    const std::string page = exposition(
        "# Commandstats\r\n"
        "cmdstat_get:calls=4,usec=10,usec_per_call=2.50,rejected_calls=1,failed_calls=2\r\n"
        "cmdstat_config|get:calls=1,usec=3,usec_per_call=3.00,rejected_calls=0,failed_calls=0\r\n"
        "# Latencystats\r\n"
        "latency_percentiles_usec_get:p50=1.003,p99.9=4.015\r\n",
        0);
    EXPECT_THAT(page, HasSubstr("# TYPE redis_commands_total counter\n"
                                "redis_commands_total{cmd=\"get\"} 4\n"
                                "redis_commands_total{cmd=\"config|get\"} 1\n"));
    EXPECT_THAT(page, HasSubstr("redis_commands_duration_seconds_total{cmd=\"get\"} 1e-05\n"));
    EXPECT_THAT(page, HasSubstr("redis_commands_rejected_calls_total{cmd=\"get\"} 1\n"));
    EXPECT_THAT(page, HasSubstr("redis_commands_failed_calls_total{cmd=\"get\"} 2\n"));
    EXPECT_THAT(page,
                HasSubstr("# TYPE redis_latency_percentiles_usec summary\n"
                          "redis_latency_percentiles_usec{cmd=\"get\",quantile=\"0.5\"} 1.003\n"
                          "redis_latency_percentiles_usec{cmd=\"get\",quantile=\"0.999\"} 4.015\n"
                          "redis_latency_percentiles_usec_sum{cmd=\"get\"} 10\n"
                          "redis_latency_percentiles_usec_count{cmd=\"get\"} 4\n"));
}

TEST(Exposition, TellsOfErrorsAndDatabases)
{
    const std::string page = exposition(
        "# Errorstats\r\nerrorstat_WRONGTYPE:count=3\r\n"
        "# Keyspace\r\ndb0:keys=5,expires=2,avg_ttl=1500\r\ndb9:keys=1,expires=0,avg_ttl=0\r\n",
        0);
    EXPECT_THAT(page, HasSubstr("redis_errors_total{err=\"WRONGTYPE\"} 3\n"));
    EXPECT_THAT(page, HasSubstr("redis_db_keys{db=\"db0\"} 5\nredis_db_keys{db=\"db9\"} 1\n"));
    EXPECT_THAT(page, HasSubstr("redis_db_keys_expiring{db=\"db0\"} 2\n"));
    EXPECT_THAT(page, HasSubstr("redis_db_avg_ttl_seconds{db=\"db0\"} 1.5\n"));
}

// A metric is announced once, before its samples.
TEST(Exposition, AnnouncesEachMetricOnce)
{
    std::istringstream page(
        exposition("# Clients\r\nconnected_clients:7\r\nblocked_clients:0\r\n"
                   "# Keyspace\r\ndb0:keys=5,expires=2,avg_ttl=1500\r\n",
                   0));
    std::map<std::string, int> announced;
    std::string current;
    for (std::string line; std::getline(page, line);) {
        std::istringstream words(line);
        std::string first;
        std::string second;
        std::string name;
        words >> first >> second >> name;
        if (first == "#" && second == "TYPE") {
            current = name;
            EXPECT_EQ(++announced[name], 1) << name;
        } else if (first != "#") {
            EXPECT_EQ(first.substr(0, first.find('{')), current);
        }
    }
    EXPECT_GE(announced.size(), 6U);
}

}  // namespace
}  // namespace mini_redis::admin
