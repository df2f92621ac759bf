// What RESTORE does beside its reply and its value, which are compared with redis-server.
#include "server/values/dump_seal.hpp"
#include "tests/support/command_fixture.hpp"

namespace mini_redis::tests {
namespace {

using Dumps = CommandFixture;

TEST_F(Dumps, BringAValueBackWithoutItsExpiry)
{
    run("RPUSH", "l", "a", "b");
    run("PEXPIRE", "l", "100");
    const std::string payload = run("DUMP", "l").text;
    EXPECT_EQ(show("RESTORE", "copy", "0", payload), "OK");
    EXPECT_EQ(show("PTTL", "copy"), "(integer) -1");
    EXPECT_EQ(show("RESTORE", "copy", "50", payload, "REPLACE"), "OK");
    EXPECT_EQ(show("PTTL", "copy"), "(integer) 50");
    EXPECT_EQ(show("LRANGE", "copy", "0", "-1"), "1) \"a\"\n2) \"b\"");
    advance(51);
    EXPECT_EQ(show("EXISTS", "copy"), "(integer) 0");
}

TEST_F(Dumps, LeaveWhatIsThereWhereTheyAreNone)
{
    run("SET", "k", "old");
    EXPECT_EQ(show("RESTORE", "k", "0", values::sealed("\x02\x05nothing"), "REPLACE"),
              "(error) ERR Bad data format");
    EXPECT_EQ(show("RESTORE", "k", "0", "nothing", "REPLACE"),
              "(error) ERR DUMP payload version or checksum are wrong");
    EXPECT_EQ(show("GET", "k"), "\"old\"");
}

TEST_F(Dumps, RemoveWhatIsThereWhereTheTimeHasPassed)
{
    run("SET", "k", "old");
    const std::string payload = run("DUMP", "k").text;
    EXPECT_EQ(show("RESTORE", "k", "1", payload, "REPLACE", "ABSTTL"), "OK");
    EXPECT_EQ(show("EXISTS", "k"), "(integer) 0");
    EXPECT_EQ(show("RESTORE", "k", "9223372036854775807", payload), "OK");
    EXPECT_EQ(show("EXISTS", "k"), "(integer) 0");
}

TEST_F(Dumps, RestoreHowLongAKeyWasIdle)
{
    run("SET", "k", "v");
    const std::string payload = run("DUMP", "k").text;
    run("RESTORE", "k", "0", payload, "REPLACE", "IDLETIME", "1000");
    EXPECT_EQ(show("OBJECT", "IDLETIME", "k"), "(integer) 1000");
    run("RESTORE", "k", "0", payload, "REPLACE", "FREQ", "10");
    EXPECT_EQ(show("OBJECT", "IDLETIME", "k"), "(integer) 0");
    server.keyspace.eviction.policy = keyspace::EvictionPolicy::allkeys_lfu;
    run("RESTORE", "k", "0", payload, "REPLACE", "FREQ", "200");
    EXPECT_EQ(show("OBJECT", "FREQ", "k"), "(integer) 200");
}

}  // namespace
}  // namespace mini_redis::tests
