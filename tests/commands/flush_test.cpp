// Emptying databases.
#include "tests/support/command_fixture.hpp"

namespace mini_redis::tests {
namespace {

class Flush : public CommandFixture {
protected:
    Flush()
    {
        for (const unsigned database : {0U, 3U}) {
            client.session.database = database;
            for (int i = 0; i < 100; ++i) run("SET", std::to_string(i), "1");
        }
    }
    std::string size(unsigned database)
    {
        client.session.database = database;
        return show("DBSIZE");
    }
};

TEST_F(Flush, EmptiesOneDatabaseOrAll)
{
    EXPECT_EQ(show("FLUSHDB"), "OK");  // of database 3
    EXPECT_EQ(size(3), "(integer) 0");
    EXPECT_EQ(size(0), "(integer) 100");
    EXPECT_EQ(show("FLUSHALL"), "OK");
    EXPECT_EQ(size(0), "(integer) 0");
    EXPECT_EQ(show("GET", "1"), "(nil)");
    run("SET", "1", "2");
    EXPECT_EQ(size(0), "(integer) 1");
}

TEST_F(Flush, FreesInTheBackgroundWhenToldTo)
{
    EXPECT_EQ(show("FLUSHDB", "sync"), "OK");
    EXPECT_EQ(server.background_works, 0);
    EXPECT_EQ(show("FLUSHALL", "async"), "OK");
    EXPECT_EQ(server.background_works, 1);  // only one database was not empty
    run("SET", "a", "1");
    const config::Config::Assignment lazily{"lazyfree-lazy-user-flush", "yes"};
    ASSERT_FALSE(server.config.set({&lazily, 1}));
    EXPECT_EQ(show("FLUSHALL"), "OK");
    EXPECT_EQ(server.background_works, 2);
}

TEST_F(Flush, TakesOneWordAtMost)
{
    for (const char* command : {"FLUSHDB", "FLUSHALL"}) {
        EXPECT_EQ(show(command, "now"), "(error) ERR syntax error");
        EXPECT_EQ(show(command, "SYNC", "SYNC"), "(error) ERR syntax error");
    }
    EXPECT_EQ(size(0), "(integer) 100");
}

}  // namespace
}  // namespace mini_redis::tests
