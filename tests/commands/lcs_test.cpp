// LCS: one subsequence, three ways to tell it.
#include "tests/support/command_fixture.hpp"

namespace mini_redis::tests {
namespace {

class Lcs : public CommandFixture {
protected:
    Lcs() { run("MSET", "a", "ohmytext", "b", "mynewtext"); }
};

TEST_F(Lcs, IsAText)
{
    EXPECT_EQ(show("LCS", "a", "b"), "\"mytext\"");
    EXPECT_EQ(show("LCS", "a", "b", "LEN"), "(integer) 6");
    EXPECT_EQ(show("LCS", "a", "missing"), "\"\"");
}

TEST_F(Lcs, TellsWhereItStands)
{
    EXPECT_EQ(show("LCS", "a", "b", "IDX", "MINMATCHLEN", "4", "WITHMATCHLEN"),
              "1) \"matches\"\n"
              "2) 1) 1) 1) (integer) 4\n"
              "         2) (integer) 7\n"
              "      2) 1) (integer) 5\n"
              "         2) (integer) 8\n"
              "      3) (integer) 4\n"
              "3) \"len\"\n"
              "4) (integer) 6");
}

TEST_F(Lcs, ReadsItsOptionsInTheirOrder)
{
    EXPECT_EQ(show("LCS", "a", "b", "MINMATCHLEN", "x", "nonsense"),
              "(error) ERR value is not an integer or out of range");
    EXPECT_EQ(show("LCS", "a", "b", "nonsense", "MINMATCHLEN", "x"), "(error) ERR syntax error");
    EXPECT_EQ(show("LCS", "a", "b", "LEN", "IDX"),
              "(error) ERR If you want both the length and indexes, please just use IDX.");
}

TEST_F(Lcs, RefusesWhatRedisHasNoMemoryFor)
{
    run("CONFIG", "SET", "proto-max-bulk-len", "1mb");
    run("MSET", "a", std::string(512, 'x'), "b", std::string(511, 'x'));
    EXPECT_EQ(show("LCS", "a", "b", "LEN"),
              "(error) ERR Insufficient memory, transient memory for LCS exceeds "
              "proto-max-bulk-len");
    run("SET", "a", std::string(511, 'x'));
    EXPECT_EQ(show("LCS", "a", "b", "LEN"), "(integer) 511");
}

}  // namespace
}  // namespace mini_redis::tests
