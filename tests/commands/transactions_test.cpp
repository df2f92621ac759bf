// Transactions of one client, and what another one does meanwhile.
#include "server/dispatch/transaction.hpp"
#include "tests/support/command_fixture.hpp"

namespace mini_redis::tests {
namespace {

class Transactions : public CommandFixture {
protected:
    // Of a transaction of one command.
    std::string execute()
    {
        run("MULTI");
        run("PING");
        return show("EXEC");
    }

    static constexpr auto ran = "1) PONG";
    static constexpr auto discarded = "(nil)";

    TestClient other{server};
};

TEST_F(Transactions, AreDiscardedWhenAnotherClientTouchesAWatchedKey)
{
    run("SET", "k", "1");
    const auto expect = [&](const char* result, const auto&... change) {
        run("WATCH", "k");
        other.run(change...);
        EXPECT_EQ(execute(), result) << testing::PrintToString(std::tuple(change...));
    };
    expect(discarded, "SET", "k", "2");
    expect(discarded, "INCR", "k");
    expect(discarded, "EXPIRE", "k", "100");
    expect(discarded, "PERSIST", "k");
    expect(ran, "PERSIST", "k");
    expect(ran, "GET", "k");
    expect(ran, "COPY", "k", "l");
    expect(discarded, "RENAME", "k", "l");
    expect(discarded, "RENAME", "l", "k");
    expect(discarded, "DEL", "k");
    expect(ran, "DEL", "k");
    expect(discarded, "SADD", "k", "1");
    expect(ran, "SADD", "k", "1");
    expect(discarded, "FLUSHALL");
    expect(ran, "FLUSHALL");
}

TEST_F(Transactions, NoticeThatAWatchedKeyHasExpired)
{
    run("SET", "k", "1", "PX", "5");
    run("WATCH", "k");
    advance(6);
    EXPECT_EQ(execute(), discarded);
    run("WATCH", "k");
    EXPECT_EQ(execute(), ran);
}

TEST_F(Transactions, DoNotCareForKeysOfTheSameNameElsewhere)
{
    run("WATCH", "k");
    other.run("SELECT", "1");
    other.run("SET", "k", "1");
    EXPECT_EQ(execute(), ran);
}

TEST_F(Transactions, NoticeADatabasePutInPlaceOfTheirs)
{
    run("WATCH", "k");
    other.run("SELECT", "1");
    other.run("SET", "k", "1");
    other.run("SWAPDB", "0", "1");
    EXPECT_EQ(execute(), discarded);
    run("WATCH", "nothing");
    other.run("SWAPDB", "0", "1");
    EXPECT_EQ(execute(), ran);
}

TEST_F(Transactions, LeaveNothingBehindWhenTheirClientGoes)
{
    {
        TestClient gone(server);
        gone.run("WATCH", "k");
        gone.run("MULTI");
    }
    run("SET", "k", "1");  // nobody is there to be told
    EXPECT_EQ(execute(), ran);
}

TEST_F(Transactions, AreSeenInTheListOfClients)
{
    EXPECT_THAT(show("CLIENT", "INFO"), testing::HasSubstr(" multi=-1 "));
    other.run("WATCH", "k");
    other.run("MULTI");
    other.run("PING");
    run("SET", "k", "1");
    EXPECT_THAT(show("CLIENT", "LIST", "ID", std::to_string(other.session.id)),
                testing::AllOf(testing::HasSubstr(" multi=1 "), testing::HasSubstr(" flags=xd ")));
}

TEST_F(Transactions, AreCountedAsTheCommandsTheyAre)
{
    run("MULTI");
    run("SET", "k", "1");
    run("GET", "k");
    run("EXEC");
    EXPECT_EQ(show("GET", "k"), "\"1\"");
    const std::string stats = run("INFO", "commandstats").text;
    EXPECT_THAT(stats, testing::HasSubstr("cmdstat_set:calls=1,"));
    EXPECT_THAT(stats, testing::HasSubstr("cmdstat_get:calls=2,"));
    EXPECT_THAT(stats, testing::HasSubstr("cmdstat_exec:calls=1,"));
}

}  // namespace
}  // namespace mini_redis::tests
