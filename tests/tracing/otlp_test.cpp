// The JSON form of OTLP, member by member.
#include "server/tracing/otlp.hpp"

#include "tests/tracing/spans.hpp"

#include <array>
#include <map>
#include <string>

#include <boost/json.hpp>
#include <gtest/gtest.h>

namespace mini_redis::tracing {
namespace {

namespace json = boost::json;
using tests::a_batch;
using tests::a_command;

class Otlp : public testing::Test {
protected:
    Otlp() : all(json::parse(to_otlp(told, {"0.1.0", "run"})).as_object()) {}

    const json::object& resource() const { return all.at("resourceSpans").at(0).as_object(); }
    const json::object& span(std::size_t number) const
    {
        return resource().at("scopeSpans").at(0).at("spans").at(number).as_object();
    }
    static std::map<std::string, std::string> attributes(const json::value& of)
    {
        std::map<std::string, std::string> found;
        for (const json::value& each : of.at("attributes").as_array())
            found.emplace(each.at("key").as_string(),
                          each.at("value").as_object().begin()->value().as_string());
        return found;
    }

    const std::array<observability::Span, 2> told{a_batch(), a_command()};
    const json::object all;
};

using Attributes = std::map<std::string, std::string>;

TEST_F(Otlp, SaysWhoseTheyAre)
{
    EXPECT_EQ(attributes(resource().at("resource")), (Attributes{{"service.name", "mini-redis"},
                                                                 {"service.version", "0.1.0"},
                                                                 {"service.instance.id", "run"}}));
}

TEST_F(Otlp, HasIdsInHexadecimalAndTimesAsStrings)
{
    EXPECT_EQ(span(0).at("traceId"), "00000000000000010000000000000002");
    EXPECT_EQ(span(0).at("spanId"), "0000000000000003");
    EXPECT_FALSE(span(0).contains("parentSpanId"));
    EXPECT_EQ(span(0).at("startTimeUnixNano"), "1700000000000001000");
    EXPECT_EQ(span(0).at("endTimeUnixNano"), "1700000000000004500");
    EXPECT_EQ(span(1).at("parentSpanId"), "0000000000000003");
}

TEST_F(Otlp, LinksABatchToItsConnection)
{
    const json::array expected{
        {{"traceId", "00000000000000040000000000000005"}, {"spanId", "0000000000000006"}}};
    EXPECT_EQ(span(0).at("links"), expected);
    EXPECT_FALSE(span(1).contains("links"));
}

TEST_F(Otlp, SaysWhatABatchAndACommandWere)
{
    EXPECT_EQ(span(0).at("kind"), 2);  // that of a server
    EXPECT_EQ(attributes(span(0)), (Attributes{{"thread.id", "1"},
                                               {"redis.client.id", "7"},
                                               {"db.system.name", "redis"},
                                               {"db.operation.batch.size", "2"},
                                               {"redis.bytes_in", "30"},
                                               {"redis.bytes_out", "40"}}));
    EXPECT_EQ(span(1).at("kind"), 1);  // internal
    EXPECT_EQ(span(1).at("name"), "get");
    EXPECT_EQ(attributes(span(1)), (Attributes{{"thread.id", "1"},
                                               {"redis.client.id", "7"},
                                               {"db.system.name", "redis"},
                                               {"db.operation.name", "get"}}));
}

TEST_F(Otlp, SaysWhatFailed)
{
    EXPECT_FALSE(span(0).contains("status"));
    EXPECT_EQ(span(1).at("status").at("code"), 2);
}

}  // namespace
}  // namespace mini_redis::tracing
