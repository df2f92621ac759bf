// Keys under another name or in another database.
#include "tests/support/command_fixture.hpp"

namespace mini_redis::tests {
namespace {

constexpr const char* no_such_key = "(error) ERR no such key";
constexpr const char* no_such_database = "(error) ERR DB index is out of range";
constexpr const char* same = "(error) ERR source and destination objects are the same";

class KeyMoves : public CommandFixture, public keyspace::Effects::Listener {
protected:
    KeyMoves()
    {
        run("SET", "a", "1");
        run("EXPIRE", "a", "10");
        run("SET", "b", "2");
        server.keyspace.effects.subscribe(*this);
        server.keyspace.effects.attend(true);
    }

    void happened(const keyspace::Effect& effect) override
    {
        events += std::string(to_string(effect.event)) + " " + std::to_string(effect.database) +
                  " " + std::string(effect.key) + ";";
    }
    std::string get(unsigned database, std::string_view key)
    {
        client.session.database = database;
        const std::string value = show("GET", key) + " for " + show("TTL", key);
        client.session.database = 0;
        return value;
    }

    static constexpr const char* a = "\"1\" for (integer) 10";
    static constexpr const char* b = "\"2\" for (integer) -1";
    static constexpr const char* nothing = "(nil) for (integer) -2";
    std::string events;
};

TEST_F(KeyMoves, RenameTakesValueAndExpiryAlong)
{
    EXPECT_EQ(show("RENAME", "a", "b"), "OK");
    EXPECT_EQ(events, "new 0 b;rename_from 0 a;rename_to 0 b;");
    EXPECT_EQ(get(0, "a"), nothing);
    EXPECT_EQ(get(0, "b"), a);
    EXPECT_EQ(show("RENAME", "a", "b"), no_such_key);
}

TEST_F(KeyMoves, RenameMovesLargeValues)
{
    const std::string large(100'000, 'x');
    run("SET", "a", large);
    run("RENAME", "a", std::string(70'000, 'k'));
    EXPECT_EQ(run("GET", std::string(70'000, 'k')).text, large);
}

TEST_F(KeyMoves, RenameToItselfChangesNothing)
{
    EXPECT_EQ(show("RENAME", "a", "a"), "OK");
    EXPECT_EQ(show("RENAMENX", "a", "a"), "(integer) 0");
    EXPECT_EQ(show("RENAME", "c", "c"), no_such_key);
    EXPECT_EQ(show("RENAMENX", "c", "c"), no_such_key);
    EXPECT_EQ(events, "");
    EXPECT_EQ(get(0, "a"), a);
}

TEST_F(KeyMoves, RenamenxSparesAKeyThatIsThere)
{
    EXPECT_EQ(show("RENAMENX", "a", "b"), "(integer) 0");
    EXPECT_EQ(get(0, "b"), b);
    EXPECT_EQ(show("RENAMENX", "a", "c"), "(integer) 1");
    EXPECT_EQ(get(0, "c"), a);
}

TEST_F(KeyMoves, CopyLeavesTheOriginal)
{
    EXPECT_EQ(show("COPY", "a", "b"), "(integer) 0");
    EXPECT_EQ(show("COPY", "a", "c"), "(integer) 1");
    EXPECT_EQ(show("COPY", "a", "b", "REPLACE"), "(integer) 1");
    EXPECT_EQ(show("COPY", "a", "a", "db", "2", "replace"), "(integer) 1");
    EXPECT_EQ(events, "new 0 c;copy_to 0 c;new 0 b;copy_to 0 b;new 2 a;copy_to 2 a;");
    for (const char* key : {"a", "b", "c"}) EXPECT_EQ(get(0, key), a);
    EXPECT_EQ(get(2, "a"), a);
    EXPECT_EQ(show("COPY", "missing", "c", "REPLACE"), "(integer) 0");
    EXPECT_EQ(get(0, "c"), a);
}

TEST_F(KeyMoves, CopyRefusesWhatCannotBe)
{
    EXPECT_EQ(show("COPY", "c", "c"), same);
    EXPECT_EQ(show("COPY", "a", "a", "DB", "0"), same);
    EXPECT_EQ(show("COPY", "a", "b", "DB", "16"), no_such_database);
    EXPECT_EQ(show("COPY", "a", "b", "DB", "-1"), no_such_database);
    EXPECT_EQ(show("COPY", "a", "b", "DB", "x"),
              "(error) ERR value is not an integer or out of range");
    EXPECT_EQ(show("COPY", "a", "b", "DB", "2147483648"),
              "(error) ERR value is out of range, value must between -2147483648 and 2147483647");
    EXPECT_EQ(show("COPY", "a", "b", "DB"), "(error) ERR syntax error");
}

TEST_F(KeyMoves, MoveTakesAKeyToAnotherDatabase)
{
    EXPECT_EQ(show("MOVE", "a", "1"), "(integer) 1");
    EXPECT_EQ(events, "new 1 a;move_from 0 a;move_to 1 a;");
    EXPECT_EQ(get(0, "a"), nothing);
    EXPECT_EQ(get(1, "a"), a);
    run("SET", "a", "2");
    EXPECT_EQ(show("MOVE", "a", "1"), "(integer) 0");
    EXPECT_EQ(get(1, "a"), a);
    EXPECT_EQ(show("MOVE", "missing", "1"), "(integer) 0");
    EXPECT_EQ(show("MOVE", "a", "0"), same);
    EXPECT_EQ(show("MOVE", "a", "16"), no_such_database);
}

TEST_F(KeyMoves, SwapdbExchangesDatabases)
{
    EXPECT_EQ(show("SWAPDB", "0", "5"), "OK");
    EXPECT_EQ(events, "swapdb 0 ;swapdb 5 ;");
    EXPECT_EQ(get(0, "a"), nothing);
    EXPECT_EQ(get(5, "a"), a);
    EXPECT_EQ(show("SWAPDB", "5", "5"), "OK");
    EXPECT_EQ(get(5, "a"), a);
    EXPECT_EQ(show("SWAPDB", "x", "y"), "(error) ERR invalid first DB index");
    EXPECT_EQ(show("SWAPDB", "16", "2147483648"), "(error) ERR invalid second DB index");
    EXPECT_EQ(show("SWAPDB", "0", "16"), no_such_database);
}

}  // namespace
}  // namespace mini_redis::tests
