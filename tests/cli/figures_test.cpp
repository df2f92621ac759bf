// What the modes count and show: keys, figures of INFO, latencies, channels.
#include "client/cli/channel_table.hpp"
#include "client/cli/info_figures.hpp"
#include "client/cli/key_census.hpp"
#include "client/cli/latency_figures.hpp"

#include <chrono>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mini_redis::tests {
namespace {

using namespace cli;
using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::StartsWith;

TEST(KeyCensus, SaysWhenALargerKeyIsFound)
{
    KeyCensus census(4, false);
    census.begin_step();
    EXPECT_EQ(census.add("a", "string", 3),
              "[00.00%] Biggest string found so far '\"a\"' with 3 bytes\n");
    EXPECT_EQ(census.add("b", "string", 3), "");
    census.begin_step();
    EXPECT_EQ(census.add("c\n", "list", 9),
              "[50.00%] Biggest list   found so far '\"c\\n\"' with 9 items\n");
    EXPECT_EQ(census.add("d", "new-type", 0), "");
    const auto summary = census.summary(false);
    EXPECT_THAT(summary, HasSubstr("Sampled 4 keys in the keyspace!\n"));
    EXPECT_THAT(summary, HasSubstr("Total key length in bytes is 5 (avg len 1.25)\n"));
    EXPECT_THAT(summary, HasSubstr("Biggest   list found '\"c\\n\"' has 9 items\n"));
    EXPECT_THAT(summary, HasSubstr("2 strings with 6 bytes (50.00% of keys, avg size 3.00)\n"));
    EXPECT_THAT(summary, HasSubstr("1 new-types with 0 ? (25.00% of keys, avg size 0.00)\n"));
    EXPECT_THAT(census.summary(true), HasSubstr("[50.00%] Sampled 4 keys"));
}

TEST(KeyCensus, CountsBytesOfMemoryWhateverTheType)
{
    KeyCensus census(1, true);
    census.begin_step();
    EXPECT_THAT(census.add("a", "list", 80), HasSubstr("with 80 bytes"));
    EXPECT_THAT(census.summary(false), HasSubstr("1 lists with 80 bytes (100.00% of keys"));
}

TEST(KeyCensus, OfNothingIsNothing)
{
    EXPECT_THAT(KeyCensus(0, false).summary(false),
                HasSubstr("0 lists with 0 items (00.00% of keys, avg size 0.00)\n"));
}

TEST(InfoFigures, AreTakenFromInfo)
{
    const std::string info =
        "# Clients\r\nconnected_clients:3\r\nblocked_clients:1\r\nused_memory:2621440\r\n"
        "used_memory_rss:9\r\ntotal_commands_processed:1000\r\ntotal_connections_received:12\r\n"
        "rdb_bgsave_in_progress:1\r\naof_rewrite_in_progress:1\r\n"
        "db0:keys=3,expires=0,avg_ttl=0\r\ndb9:keys=4,expires=0,avg_ttl=0\r\n";
    const InfoFigures figures(info);
    EXPECT_EQ(figures.line(990),
              "7          2.50M    3       1       1000 (+10)          12          SAVE+AOF\n");
    EXPECT_THAT(figures.line(std::nullopt), HasSubstr("1000 (+0)"));
    EXPECT_EQ(InfoFigures("").requests(), 0);
}

TEST(InfoFigures, BytesAreForPeople)
{
    EXPECT_EQ(human_bytes(1023), "1023B");
    EXPECT_EQ(human_bytes(1024), "1.00K");
    EXPECT_EQ(human_bytes(3 << 20), "3.00M");
    EXPECT_EQ(human_bytes(5LL << 30), "5.00G");
    EXPECT_EQ(human_bytes(5LL << 40), "5120.00G");
    EXPECT_EQ(human_bytes(-1), "-1B");
}

TEST(LatencyFigures, AreLeastGreatestAndMean)
{
    LatencyFigures figures;
    for (const auto ms : {2ms, 1ms, 6ms}) figures.add(ms);
    EXPECT_EQ(figures.text(Form::people), "min: 1, max: 6, avg: 3.00 (3 samples)");
    EXPECT_EQ(figures.text(Form::raw), "1 6 3.00 3\n");
    EXPECT_EQ(figures.text(Form::csv), "1,6,3.00,3\n");
    EXPECT_EQ(figures.text(Form::json), "{\"min\": 1, \"max\": 6, \"avg\": 3.00, \"count\": 3}\n");
}

TEST(ChannelTable, RatesAreThoseOfTheLastInterval)
{
    ChannelTable table;
    for (int i = 0; i < 10; ++i) table.count("busy", 100);
    table.count("calm", 1);
    table.set_subscribers({{"busy", 2}, {"silent", 1}});
    table.close_interval(2s);
    EXPECT_EQ(table.lines(Form::raw), "busy\t10\t5.0\t500.0\t2\ncalm\t1\t0.5\t0.5\t0\n");
    EXPECT_EQ(table.lines(Form::csv), "\"busy\",10,5.0,500.0,2\n\"calm\",1,0.5,0.5,0\n");
    table.count("calm", 3);
    table.close_interval(1s);
    EXPECT_EQ(table.lines(Form::raw), "calm\t2\t1.0\t3.0\t0\n");
    EXPECT_EQ(table.summary(), "12 messages on 2 channels\n");
}

TEST(ChannelTable, TheBusiestComeFirstAndAsManyAsFit)
{
    ChannelTable table;
    table.count("calm", 1);
    for (int i = 0; i < 3; ++i) table.count("busy", 1024);
    table.set_subscribers({{"silent", 1}});
    table.close_interval(1s);
    EXPECT_EQ(table.screen(5, 60),
              "channel             messages      msg/s   bytes/s  subscr.\n"
              "busy                       3        3.0     3.00K        0\n"
              "calm                       1        1.0        1B        0\n"
              "silent                     0        0.0        0B        1\n"
              "3 channels, 4 messages, 4.0 a second (press Ctrl-C to quit)");
    const auto small = table.screen(3, 60);
    EXPECT_THAT(small, HasSubstr("busy"));
    EXPECT_THAT(small, testing::Not(HasSubstr("calm")));
}

TEST(ChannelTable, AChannelWithoutSubscribersAndMessagesIsForgotten)
{
    ChannelTable table;
    table.set_subscribers({{"silent", 1}});
    EXPECT_THAT(table.screen(5, 60), HasSubstr("silent"));
    table.set_subscribers({});
    EXPECT_THAT(table.screen(5, 60), HasSubstr("0 channels"));
}

TEST(ChannelTable, ANameCannotCommandTheTerminal)
{
    ChannelTable table;
    table.count("a\x1b[2J" + std::string(100, 'x'), 1);
    EXPECT_THAT(table.screen(9, 60), HasSubstr("\na\\x1b[2Jxxxxxxx~"));
}

}  // namespace
}  // namespace mini_redis::tests
