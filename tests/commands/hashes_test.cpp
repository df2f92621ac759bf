// What the commands on hashes do to their key, beside what they reply, which is compared with
// redis-server.
#include "server/commands/hashes.hpp"

#include "tests/support/command_fixture.hpp"

namespace mini_redis::tests {
namespace {

using Hashes = CommandFixture;

TEST_F(Hashes, AreThereAsLongAsTheyHaveAField)
{
    EXPECT_EQ(show("HSET", "h", "f", "1", "g", "2"), "(integer) 2");
    EXPECT_EQ(show("HDEL", "h", "f"), "(integer) 1");
    EXPECT_EQ(show("EXISTS", "h"), "(integer) 1");
    EXPECT_EQ(show("HDEL", "h", "g"), "(integer) 1");
    EXPECT_EQ(show("EXISTS", "h"), "(integer) 0");
}

TEST_F(Hashes, KeepTheirExpiryWhenTheyChange)
{
    run("HSET", "h", "f", "1");
    run("PEXPIRE", "h", "5");
    EXPECT_EQ(show("HINCRBY", "h", "f", "1"), "(integer) 2");
    EXPECT_EQ(show("PTTL", "h"), "(integer) 5");
    advance(6);
    EXPECT_EQ(show("HGET", "h", "f"), "(nil)");
}

TEST_F(Hashes, AreReplacedByAString)
{
    for (int i = 0; i < 1000; ++i) run("HSET", "h", std::to_string(i), "v");
    EXPECT_EQ(show("OBJECT", "ENCODING", "h"), "\"hashtable\"");
    run("SET", "h", "text");
    EXPECT_EQ(show("GET", "h"), "\"text\"");
    EXPECT_EQ(show("HGET", "h", "1"),
              "(error) WRONGTYPE Operation against a key holding the wrong kind of value");
}

TEST_F(Hashes, AreNotMadeByWhatFails)
{
    EXPECT_EQ(show("HINCRBYFLOAT", "h", "f", "abc"), "(error) ERR value is not a valid float");
    EXPECT_EQ(show("HSET", "h", "f"), "(error) ERR wrong number of arguments for 'hset' command");
    EXPECT_EQ(show("EXISTS", "h"), "(integer) 0");
}

TEST_F(Hashes, AreDrawnFromWithoutRepetitionUnlessAskedFor)
{
    for (int i = 0; i < 600; ++i) run("HSET", "h", std::to_string(i), "v");
    for (const char* count : {"5", "500", "600", "1000"}) {
        const auto drawn = run("HRANDFIELD", "h", count);
        std::set<std::string> different;
        for (const auto& field : drawn.children) different.insert(field.text);
        EXPECT_EQ(different.size(), drawn.children.size());
        EXPECT_EQ(drawn.children.size(), std::min<std::size_t>(std::stoul(count), 600));
    }
    EXPECT_EQ(run("HRANDFIELD", "h", "-1000").children.size(), 1000U);
}

}  // namespace
}  // namespace mini_redis::tests
