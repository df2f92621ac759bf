// What the commands on positions do to their keys, beside what they reply, which is compared with
// redis-server.
#include "server/commands/geo_query.hpp"
#include "tests/support/command_fixture.hpp"

#include <gmock/gmock.h>

namespace mini_redis::tests {
namespace {

class Geo : public CommandFixture {
protected:
    void SetUp() override
    {
        run("GEOADD", "sicily", "13.361389", "38.115556", "palermo", "15.087269", "37.502669",
            "catania");
    }
};

TEST_F(Geo, MembersAreThoseOfASortedSet)
{
    EXPECT_EQ(show("TYPE", "sicily"), "zset");
    EXPECT_EQ(show("ZSCORE", "sicily", "palermo"), "\"3479099956230698\"");
    EXPECT_EQ(show("GEOADD", "nothing", "XX", "1", "1", "m"), "(integer) 0");
    EXPECT_EQ(show("EXISTS", "nothing"), "(integer) 0");
}

TEST_F(Geo, WhatIsFoundReplacesItsDestination)
{
    run("SET", "d", "text");
    EXPECT_EQ(
        show("GEOSEARCHSTORE", "d", "sicily", "FROMLONLAT", "15", "37", "BYRADIUS", "100", "km"),
        "(integer) 1");
    EXPECT_EQ(show("ZSCORE", "d", "catania"), "\"3479447370796909\"");
    EXPECT_EQ(show("OBJECT", "ENCODING", "d"), "\"listpack\"");
    EXPECT_EQ(show("GEORADIUS", "sicily", "15", "37", "1", "km", "STORE", "d"), "(integer) 0");
    EXPECT_EQ(show("EXISTS", "d"), "(integer) 0");
}

TEST_F(Geo, ASetMayBeItsOwnDestination)
{
    EXPECT_EQ(show("GEORADIUSBYMEMBER", "sicily", "catania", "1", "km", "STOREDIST", "sicily"),
              "(integer) 1");
    EXPECT_EQ(show("ZSCORE", "sicily", "catania"), "\"0\"");
    EXPECT_EQ(show("ZCARD", "sicily"), "(integer) 1");
}

TEST_F(Geo, TheLastDestinationCounts)
{
    EXPECT_EQ(show("GEORADIUS", "sicily", "15", "37", "1000", "km", "STORE", "a", "STOREDIST", "b",
                   "STORE", "c"),
              "(integer) 2");
    EXPECT_EQ(show("EXISTS", "a", "b"), "(integer) 0");
    EXPECT_EQ(show("ZSCORE", "c", "palermo"), "\"3479099956230698\"");
}

// Redis takes it; here its key could not be found beforehand.
TEST_F(Geo, ADestinationHiddenBehindOneCalledStoreIsRefused)
{
    EXPECT_THAT(
        show("GEORADIUS", "sicily", "15", "37", "1", "km", "STOREDIST", "STORE", "STORE", "y"),
        testing::HasSubstr("syntax error"));
}

}  // namespace
}  // namespace mini_redis::tests
