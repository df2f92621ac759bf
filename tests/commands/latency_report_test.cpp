// LATENCY: what took long, as numbers and as pictures.
#include "tests/support/command_fixture.hpp"

#include <gmock/gmock.h>

namespace mini_redis::tests {
namespace {

using testing::HasSubstr;

using LatencyCommand = CommandFixture;

TEST_F(LatencyCommand, LatencyShowsWhatTookLong)
{
    auto& latency = server.services.latency;
    const std::int64_t now = server.now / 1000;
    latency.add("command", now - 90, 100);
    latency.add("command", now - 3, 50);
    EXPECT_EQ(show("LATENCY", "HISTORY", "command"), "1) 1) (integer) " + std::to_string(now - 90) +
                                                         "\n   2) (integer) 100\n2) 1) "
                                                         "(integer) " +
                                                         std::to_string(now - 3) +
                                                         "\n   2) (integer) 50");
    EXPECT_EQ(run("LATENCY", "LATEST").children[0].children[3].integer, 100);
    const std::string graph = run("LATENCY", "GRAPH", "command").text;
    EXPECT_THAT(graph, HasSubstr("command - high 100 ms, low 50 ms (all time high 100 ms)\n"));
    EXPECT_THAT(graph, HasSubstr("  1m      100 ms " + std::string(60, '#') + "\n"));
    EXPECT_THAT(graph, HasSubstr("  3s       50 ms " + std::string(30, '#') + "\n"));
    EXPECT_THAT(run("LATENCY", "DOCTOR").text,
                HasSubstr("1. command: 2 times (75 ms on average, 25 ms from that on average, "
                          "every 45.00 s). The worst ever took 100 ms."));
    EXPECT_EQ(show("LATENCY", "RESET", "COMMAND"), "(integer) 1");
    EXPECT_EQ(show("LATENCY", "GRAPH", "command"),
              "(error) ERR No samples available for event 'command'");
    EXPECT_EQ(show("LATENCY", "HISTORY", "command"), "(empty array)");
}

TEST_F(LatencyCommand, LatencyHistogramsAccumulate)
{
    auto& command = server.counts->statistics.command(server.catalogue.find("get")->id);
    for (const std::uint64_t ns : {500U, 1000U, 1500U, 5000U, 3'000'000U})
        command.ran(ns, 1.0, true);
    client.session.dialect = protocol::Dialect::resp3;
    const auto reply = run("LATENCY", "HISTOGRAM", "get", "nosuch");
    ASSERT_EQ(reply.children.size(), 2U);
    EXPECT_EQ(reply.children[0].text, "get");
    EXPECT_EQ(reply.children[1].children[1].integer, 5);
    std::vector<std::int64_t> pairs;
    for (const auto& number : reply.children[1].children[3].children)
        pairs.push_back(number.integer);
    EXPECT_THAT(pairs, testing::ElementsAre(1, 2, 2, 3, 8, 4, 4194, 5));
}

}  // namespace
}  // namespace mini_redis::tests
