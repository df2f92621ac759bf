// MEMORY: how much a key weighs, and how figures are written.
#include "server/commands/figures.hpp"

#include "tests/support/command_fixture.hpp"

#include <gmock/gmock.h>

namespace mini_redis::tests {
namespace {

using MemoryCommand = CommandFixture;

TEST_F(MemoryCommand, MemoryUsageGrowsWithTheValue)
{
    EXPECT_EQ(show("MEMORY", "USAGE", "a"), "(nil)");
    run("SET", "a", "1");
    const std::int64_t small = run("MEMORY", "USAGE", "a").integer;
    EXPECT_GT(small, 8);
    const std::string value(100'000, 'x');
    run("SET", "a", value);
    const std::int64_t large = run("MEMORY", "USAGE", "a", "SAMPLES", "5").integer;
    EXPECT_GE(large, 100'000);
    EXPECT_LE(large, 130'000);
    EXPECT_EQ(show("MEMORY", "USAGE", "a", "SAMPLES", "-1"), "(error) ERR syntax error");
}

TEST_F(MemoryCommand, MemoryStatsAreAMapOfNumbers)
{
    run("SET", "a", "1");
    client.session.dialect = protocol::Dialect::resp3;
    const auto stats = run("MEMORY", "STATS");
    EXPECT_EQ(stats.kind, protocol::Value::Kind::map);
    std::vector<std::string> names;
    for (std::size_t i = 0; i < stats.children.size(); i += 2)
        names.push_back(stats.children[i].text);
    EXPECT_THAT(names, testing::IsSupersetOf({"peak.allocated", "db.0", "keys.count",
                                              "dataset.percentage", "fragmentation.bytes"}));
}

TEST(Figures, BytesAreAbbreviatedAsRedisDoes)
{
    EXPECT_EQ(commands::human_bytes(0), "0B");
    EXPECT_EQ(commands::human_bytes(1023), "1023B");
    EXPECT_EQ(commands::human_bytes(1024), "1.00K");
    EXPECT_EQ(commands::human_bytes(1024 * 1024 - 1), "1024.00K");
    EXPECT_EQ(commands::human_bytes(std::uint64_t{3} << 29), "1.50G");
    EXPECT_EQ(commands::human_bytes(std::uint64_t{5} << 50), "5.00P");
}

}  // namespace
}  // namespace mini_redis::tests
