// OBJECT: how a value is held, and how its key is used.
#include "tests/support/command_fixture.hpp"

namespace mini_redis::tests {
namespace {

class ObjectCommand : public CommandFixture {
protected:
    std::string encoding(const std::string& value)
    {
        run("SET", "a", value);
        return show("OBJECT", "ENCODING", "a");
    }
};

TEST_F(ObjectCommand, NamesTheEncodingOfRedis)
{
    EXPECT_EQ(encoding("-12"), "\"int\"");
    EXPECT_EQ(encoding("012"), "\"embstr\"");
    EXPECT_EQ(encoding(std::string(44, 'x')), "\"embstr\"");
    EXPECT_EQ(encoding(std::string(45, 'x')), "\"raw\"");
    EXPECT_EQ(encoding(std::string(5000, 'x')), "\"raw\"");
    EXPECT_EQ(show("OBJECT", "ENCODING", "missing"), "(nil)");
}

TEST_F(ObjectCommand, ShowsIdleTimeOrFrequencyAsThePolicyHasIt)
{
    run("SET", "a", "1");
    advance(3000);
    EXPECT_EQ(show("OBJECT", "IDLETIME", "a"), "(integer) 3");
    EXPECT_EQ(show("OBJECT", "FREQ", "missing"), "(nil)");
    EXPECT_TRUE(show("OBJECT", "FREQ", "a")
                    .starts_with("(error) ERR An LFU maxmemory policy is not selected, "));
    server.keyspace.eviction.policy = keyspace::EvictionPolicy::allkeys_lfu;
    run("DEL", "a");
    run("SET", "a", "1");
    EXPECT_EQ(show("OBJECT", "FREQ", "a"), "(integer) 5");
    advance(3 * 60'000);
    EXPECT_EQ(show("OBJECT", "FREQ", "a"), "(integer) 2");
    EXPECT_TRUE(show("OBJECT", "IDLETIME", "a")
                    .starts_with("(error) ERR An LFU maxmemory policy is selected, "));
}

TEST_F(ObjectCommand, CountsReferencesAsRedisWould)
{
    run("SET", "a", "9999");
    EXPECT_EQ(show("OBJECT", "REFCOUNT", "a"), "(integer) 2147483647");
    run("SET", "a", "10000");
    EXPECT_EQ(show("OBJECT", "REFCOUNT", "a"), "(integer) 1");
}

}  // namespace
}  // namespace mini_redis::tests
