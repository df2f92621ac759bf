// INFO: the sections that are asked for, and what stands in them.
#include "tests/support/command_fixture.hpp"

#include <sstream>

#include <gmock/gmock.h>

namespace mini_redis::tests {
namespace {

using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;

using Info = CommandFixture;

// The names of sections and fields; what is measured may differ from one time to the next.
std::vector<std::string> fields(const std::string& info)
{
    std::vector<std::string> names;
    std::istringstream lines(info);
    for (std::string line; std::getline(lines, line);)
        names.push_back(line.substr(0, line.find(':')));
    return names;
}

TEST_F(Info, InfoTellsTheSectionsThatAreAskedForOnceAndInOrder)
{
    const std::string usual = run("INFO").text;
    EXPECT_EQ(fields(run("INFO", "default").text), fields(usual));
    EXPECT_THAT(usual, HasSubstr("\r\n\r\n# Cluster\r\ncluster_enabled:0\r\n\r\n# Keyspace\r\n"));
    EXPECT_THAT(usual, Not(HasSubstr("# Commandstats")));
    EXPECT_THAT(run("INFO", "all").text, HasSubstr("# Commandstats"));
    EXPECT_THAT(run("INFO", "everything").text, HasSubstr("# Latencystats"));
    EXPECT_EQ(run("INFO", "nosuch").text, "");
    EXPECT_EQ(run("INFO", "keyspace", "CLUSTER", "Keyspace").text,
              "# Cluster\r\ncluster_enabled:0\r\n\r\n# Keyspace\r\n");
    EXPECT_EQ(run("INFO", "module_list").text, "# Modules\r\n");
}

TEST_F(Info, InfoCountsKeys)
{
    run("SET", "a", "1");
    run("SET", "b", "1", "PX", "5000");
    run("SELECT", "3");
    run("SET", "c", "1");
    EXPECT_THAT(run("INFO", "keyspace").text,
                ContainsRegex("\r\ndb0:keys=2,expires=1,avg_ttl=(0|5000)\r\n"
                              "db3:keys=1,expires=0,avg_ttl=0\r\n$"));
}

TEST_F(Info, InfoShowsWhatCommandsDidUntilItIsReset)
{
    run("SET", "a", "x");
    run("INCR", "a");
    run("GET");
    EXPECT_THAT(run("INFO", "commandstats").text,
                ContainsRegex("cmdstat_get:calls=0,usec=0,usec_per_call=0.00,rejected_calls=1,"
                              "failed_calls=0\r\n"));
    EXPECT_THAT(run("INFO", "commandstats").text,
                ContainsRegex("cmdstat_incr:calls=1,usec=[0-9]+,usec_per_call=[0-9]+\\.[0-9][0-9],"
                              "rejected_calls=0,failed_calls=1\r\n"));
    EXPECT_EQ(run("INFO", "errorstats").text, "# Errorstats\r\nerrorstat_ERR:count=2\r\n");
    EXPECT_THAT(run("INFO", "latencystats").text,
                ContainsRegex("latency_percentiles_usec_set:p50=[0-9.]+,p99=[0-9.]+,"
                              "p99.9=[0-9.]+\r\n"));
    EXPECT_THAT(run("INFO", "stats").text, HasSubstr("total_error_replies:2\r\n"));
    EXPECT_EQ(show("CONFIG", "RESETSTAT"), "OK");
    EXPECT_THAT(run("INFO", "commandstats").text, Not(HasSubstr("cmdstat_incr")));
    EXPECT_EQ(run("INFO", "errorstats").text, "# Errorstats\r\n");
    EXPECT_THAT(run("INFO", "latencystats").text, Not(HasSubstr("usec_set")));
}

}  // namespace
}  // namespace mini_redis::tests
