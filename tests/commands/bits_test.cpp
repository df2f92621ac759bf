// Bit commands: where a string ends, and what lies beyond.
#include "tests/support/command_fixture.hpp"

namespace mini_redis::tests {
namespace {

using Bits = CommandFixture;

TEST_F(Bits, AreClearUntilSet)
{
    EXPECT_EQ(show("GETBIT", "a", "100"), "(integer) 0");
    EXPECT_EQ(show("SETBIT", "a", "100", "1"), "(integer) 0");
    EXPECT_EQ(show("SETBIT", "a", "100", "1"), "(integer) 1");
    EXPECT_EQ(show("GETBIT", "a", "100"), "(integer) 1");
    EXPECT_EQ(show("STRLEN", "a"), "(integer) 13");
    EXPECT_EQ(show("SETBIT", "a", "4294967296", "1"),
              "(error) ERR bit offset is not an integer or out of range");
    EXPECT_EQ(show("SETBIT", "a", "1", "2"), "(error) ERR bit is not an integer or out of range");
}

TEST_F(Bits, AreCountedByBytesOrByBits)
{
    run("SET", "a", "foobar");
    EXPECT_EQ(show("BITCOUNT", "a"), "(integer) 26");
    EXPECT_EQ(show("BITCOUNT", "a", "1", "1"), "(integer) 6");
    EXPECT_EQ(show("BITCOUNT", "a", "5", "30", "BIT"), "(integer) 17");
    EXPECT_EQ(show("BITCOUNT", "a", "-1", "-2", "nonsense"), "(integer) 0");
    EXPECT_EQ(show("BITCOUNT", "a", "0", "-2", "nonsense"), "(error) ERR syntax error");
    EXPECT_EQ(show("BITCOUNT", "missing", "nonsense"), "(integer) 0");
}

TEST_F(Bits, AClearOneLiesBehindAStringUnlessItsEndIsNamed)
{
    run("SET", "a", "\xff\xff");
    EXPECT_EQ(show("BITPOS", "a", "0"), "(integer) 16");
    EXPECT_EQ(show("BITPOS", "a", "0", "1"), "(integer) 16");
    EXPECT_EQ(show("BITPOS", "a", "0", "0", "-1"), "(integer) -1");
    EXPECT_EQ(show("BITPOS", "a", "1", "3", "12", "BIT"), "(integer) 3");
    EXPECT_EQ(show("BITPOS", "a", "0", "9223372036854775807"), "(integer) -1");
    EXPECT_EQ(show("BITPOS", "missing", "0"), "(integer) 0");
    EXPECT_EQ(show("BITPOS", "missing", "1"), "(integer) -1");
}

TEST_F(Bits, CombineIntoATargetThatMayBeASource)
{
    run("MSET", "a", "abc", "b", "12345");
    EXPECT_EQ(show("BITOP", "AND", "b", "a", "b", "b"), "(integer) 5");
    EXPECT_EQ(show("GET", "b"), "\"!\\\"#\\x00\\x00\"");
    EXPECT_EQ(show("BITOP", "not", "a", "a"), "(integer) 3");
    EXPECT_EQ(show("GET", "a"), "\"\\x9e\\x9d\\x9c\"");
    EXPECT_EQ(show("BITOP", "OR", "a", "missing"), "(integer) 0");
    EXPECT_EQ(show("GET", "a"), "(nil)");
    EXPECT_EQ(show("BITOP", "NOT", "a", "b", "b"),
              "(error) ERR BITOP NOT must be called with a single source key.");
}

}  // namespace
}  // namespace mini_redis::tests
