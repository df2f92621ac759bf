// BITFIELD: any width, any place, and what becomes of too large a number.
#include "tests/support/command_fixture.hpp"

namespace mini_redis::tests {
namespace {

using Bitfields = CommandFixture;

TEST_F(Bitfields, HoldAnyWidthAtAnyBit)
{
    for (int bits = 1; bits <= 64; ++bits) {
        const std::string type = "i" + std::to_string(bits);
        for (int offset = 0; offset < 9; ++offset) {
            const std::string at = std::to_string(offset);
            run("SET", "a", std::string(10, '\xff'));
            run("BITFIELD", "a", "SET", type, at, "0");
            EXPECT_EQ(run("BITCOUNT", "a").integer, 80 - bits) << type << ' ' << at;
            run("BITFIELD", "a", "SET", type, at, "-1");
            EXPECT_EQ(run("BITCOUNT", "a").integer, 80) << type << ' ' << at;
            EXPECT_EQ(show("BITFIELD_RO", "a", "GET", type, at), "1) (integer) -1");
        }
    }
}

TEST_F(Bitfields, WrapSaturateOrFail)
{
    run("BITFIELD", "a", "SET", "u8", "#0", "250", "SET", "i8", "#1", "-100");
    EXPECT_EQ(show("BITFIELD", "a", "OVERFLOW", "FAIL", "INCRBY", "u8", "#0", "10", "OVERFLOW",
                   "SAT", "INCRBY", "u8", "#0", "10", "INCRBY", "i8", "#1", "-100"),
              "1) (nil)\n2) (integer) 255\n3) (integer) -128");
    EXPECT_EQ(show("BITFIELD", "a", "INCRBY", "u8", "#0", "2", "INCRBY", "i8", "#1", "-1"),
              "1) (integer) 1\n2) (integer) 127");
}

TEST_F(Bitfields, AreReadBeyondTheEndAndWrittenOnlyWhereAllowed)
{
    EXPECT_EQ(show("BITFIELD", "a", "GET", "i64", "1000"), "1) (integer) 0");
    EXPECT_EQ(show("STRLEN", "a"), "(integer) 0");
    EXPECT_EQ(show("BITFIELD_RO", "a", "SET", "u8", "0", "1"),
              "(error) ERR BITFIELD_RO only supports the GET subcommand");
    EXPECT_EQ(show("BITFIELD", "a", "SET", "u8", "12", "255"), "1) (integer) 0");
    EXPECT_EQ(show("GET", "a"), "\"\\x00\\x0f\\xf0\"");
}

TEST_F(Bitfields, RefuseTheWholeRequestForOneWrongWord)
{
    EXPECT_EQ(show("BITFIELD", "a", "SET", "u8", "0", "1", "GET", "u64", "0"),
              "(error) ERR Invalid bitfield type. Use something like i16 u8. Note that u64 is not "
              "supported but i64 is.");
    EXPECT_EQ(show("BITFIELD", "a", "SET", "u8", "0", "1", "OVERFLOW", "maybe"),
              "(error) ERR Invalid OVERFLOW type specified");
    EXPECT_EQ(show("BITFIELD", "a", "SET", "u8", "0", "1", "GET", "u8"),
              "(error) ERR syntax error");
    EXPECT_EQ(show("GET", "a"), "(nil)");
}

}  // namespace
}  // namespace mini_redis::tests
