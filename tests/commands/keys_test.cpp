// Keys, whatever they hold.
#include "tests/support/command_fixture.hpp"

namespace mini_redis::tests {
namespace {

using KeyCommands = CommandFixture;

TEST_F(KeyCommands, CountEachKeyAsOftenAsItIsNamed)
{
    run("SET", "a", "1");
    run("SET", "b", "1");
    EXPECT_EQ(show("EXISTS", "a", "b", "a", "c"), "(integer) 3");
    EXPECT_EQ(show("TOUCH", "a", "b", "a", "c"), "(integer) 3");
    EXPECT_EQ(show("DEL", "a", "b", "a", "c"), "(integer) 2");
    EXPECT_EQ(show("EXISTS", "a", "b"), "(integer) 0");
}

TEST_F(KeyCommands, FreeOnlyLargeValuesInTheBackground)
{
    const std::string large(9 << 20, 'x');
    const auto removed_in_background = [&](const char* command, const std::string& value) {
        server.background_works = 0;
        run("SET", "a", value);
        EXPECT_EQ(show(command, "a"), "(integer) 1");
        return server.background_works == 1;
    };
    EXPECT_TRUE(removed_in_background("UNLINK", large));
    EXPECT_FALSE(removed_in_background("UNLINK", "small"));
    EXPECT_FALSE(removed_in_background("DEL", large));
    const config::Config::Assignment lazily{"lazyfree-lazy-user-del", "yes"};
    ASSERT_FALSE(server.config.set({&lazily, 1}));
    EXPECT_TRUE(removed_in_background("DEL", large));
}

TEST_F(KeyCommands, FreeWhatHasManyPiecesInTheBackground)
{
    const auto fill = [&](int members) {
        for (int i = 0; i < members; ++i) run("SADD", "a", "m" + std::to_string(i));
    };
    const auto in_background = [&] { return std::exchange(server.background_works, 0) == 1; };
    fill(600);
    run("UNLINK", "a");
    EXPECT_TRUE(in_background());
    fill(400);
    run("UNLINK", "a");
    EXPECT_FALSE(in_background());
    fill(600);
    run("PEXPIRE", "a", "10");
    advance(20);
    run("GET", "a");
    EXPECT_TRUE(in_background());
}

TEST_F(KeyCommands, TellTheType)
{
    run("SET", "a", "1");
    EXPECT_EQ(show("TYPE", "a"), "string");
    EXPECT_EQ(show("TYPE", "b"), "none");
}

// Only TOUCH is a use: the others leave the idle time as it is.
TEST_F(KeyCommands, LookWithoutUsing)
{
    run("SET", "a", "1");
    advance(7000);
    for (const char* command : {"EXISTS", "TYPE", "TTL", "PTTL", "EXPIRETIME"}) run(command, "a");
    EXPECT_EQ(show("OBJECT", "IDLETIME", "a"), "(integer) 7");
    run("TOUCH", "a");
    EXPECT_EQ(show("OBJECT", "IDLETIME", "a"), "(integer) 0");
    EXPECT_EQ(server.counts->keyspace.hits.get(), 8U);
}

}  // namespace
}  // namespace mini_redis::tests
