// Commands that wait, step by step: who is served, when, and with what.
#include "server/dispatch/waits.hpp"

#include "server/commands/patience.hpp"
#include "server/keyspace/expiry.hpp"
#include "tests/support/command_fixture.hpp"

namespace mini_redis::tests {
namespace {

using dispatch::Dispatcher;
using dispatch::Wait;

class Waits : public CommandFixture {
protected:
    bool waits(TestClient& who)
    {
        return who.served == Dispatcher::Served::waiting && who.wait &&
               who.wait->end() == Wait::End::none;
    }

    TestClient other{server};
    TestClient third{server};
};

TEST_F(Waits, SuspendWhatIsBehindThem)
{
    protocol::Batch batch;
    for (const auto& words : std::vector<std::vector<std::string_view>>{
             {"PING"}, {"BLPOP", "l", "0"}, {"RPUSH", "l", "1"}}) {
        const std::size_t first = batch.words.size();
        batch.words.insert(batch.words.end(), words.begin(), words.end());
        batch.add_request(first);
    }
    protocol::Buffer out;
    protocol::Writer reply(out, client.session.dialect);
    const auto [why, next, wait] = server.dispatcher->serve(client.session, batch, 0, reply);
    EXPECT_EQ(why, Dispatcher::Served::waiting);
    EXPECT_EQ(next, 2U);
    EXPECT_EQ(out.view(), "+PONG\r\n");
    EXPECT_EQ(wait->end(), Wait::End::none);
    EXPECT_TRUE(client.session.waiting);
}

TEST_F(Waits, AreServedInTheOrderInWhichTheyCame)
{
    client.raw({"BLPOP", "l", "0"});
    other.raw({"BRPOP", "l", "0"});
    EXPECT_EQ(third.raw({"RPUSH", "l", "1", "2", "3"}), ":3\r\n");
    EXPECT_FALSE(client.session.waiting);
    EXPECT_EQ(client.resumed, 1);
    EXPECT_EQ(client.answer(), "1) \"l\"\n2) \"1\"");
    EXPECT_EQ(other.answer(), "1) \"l\"\n2) \"3\"");
    EXPECT_EQ(third.raw({"LLEN", "l"}), ":1\r\n");
}

// Or the first could do, on another thread, what the second should not see.
TEST_F(Waits, AreToldWhenAllAreServed)
{
    client.raw({"BLPOP", "l", "0"});
    other.raw({"BLPOP", "l", "m", "0"});
    // (Both are told in turn, each with its own lock held.)
    bool both_served = true;
    const auto see = [&](const TestClient& another) {
        const bool served = !another.wait->answer([](protocol::Writer&) { return false; });
        both_served = both_served && served;
    };
    client.on_resume = [&] { see(other); };
    other.on_resume = [&] { see(client); };
    third.raw({"RPUSH", "l", "1", "2"});
    EXPECT_TRUE(both_served);
    EXPECT_EQ(client.resumed + other.resumed, 2);
}

TEST_F(Waits, EndOnce)
{
    client.raw({"BLPOP", "l", "0"});
    const auto wait = client.wait;
    dispatch::Waits& all = server.services.waits;
    EXPECT_TRUE(all.any());
    EXPECT_TRUE(all.end(*wait, Wait::End::timed_out));
    EXPECT_FALSE(all.end(*wait, Wait::End::unblocked));
    EXPECT_FALSE(all.end_of(client.session.id, Wait::End::left));
    EXPECT_FALSE(wait->answer([](protocol::Writer&) { return true; }));
    EXPECT_EQ(client.answer(), "(nil)");
    EXPECT_FALSE(all.any());

    other.run("RPUSH", "l", "1");
    EXPECT_EQ(other.raw({"LLEN", "l"}), ":1\r\n");
    EXPECT_EQ(client.resumed, 1);
}

TEST_F(Waits, AreNotServedOnceTheirClientHasLeft)
{
    {
        TestClient leaving(server);
        leaving.raw({"BLPOP", "l", "m", "0"});
    }
    EXPECT_FALSE(server.services.waits.any());
    EXPECT_EQ(client.raw({"RPUSH", "l", "1"}), ":1\r\n");
    EXPECT_EQ(client.raw({"LLEN", "l"}), ":1\r\n");
}

TEST_F(Waits, TellTheKilledApartFromTheLiving)
{
    client.raw({"BLPOP", "l", "0"});
    const std::string id = std::to_string(client.session.id);
    EXPECT_EQ(other.raw({"CLIENT", "KILL", "ID", id}), ":1\r\n");
    EXPECT_EQ(client.wait->end(), Wait::End::left);
    other.run("RPUSH", "l", "1");
    EXPECT_EQ(other.raw({"LLEN", "l"}), ":1\r\n");
}

TEST_F(Waits, DoNotBeginForWhoHasBeenKilled)
{
    client.session.killed = true;
    client.raw({"BLPOP", "l", "0"});
    EXPECT_EQ(client.wait->end(), Wait::End::left);
    EXPECT_FALSE(server.services.waits.any());
    EXPECT_EQ(other.raw({"RPUSH", "l", "1"}), ":1\r\n");
    EXPECT_EQ(other.raw({"LLEN", "l"}), ":1\r\n");
}

TEST_F(Waits, AreUnblockedByOthers)
{
    const std::string id = std::to_string(client.session.id);
    EXPECT_EQ(other.raw({"CLIENT", "UNBLOCK", id}), ":0\r\n");
    client.raw({"BLPOP", "l", "0"});
    EXPECT_EQ(other.raw({"CLIENT", "UNBLOCK", id}), ":1\r\n");
    EXPECT_EQ(other.raw({"CLIENT", "UNBLOCK", id}), ":0\r\n");
    EXPECT_EQ(client.answer(), "(nil)");
    client.raw({"BLMOVE", "l", "m", "LEFT", "LEFT", "0"});
    EXPECT_EQ(other.raw({"CLIENT", "UNBLOCK", id, "ERROR"}), ":1\r\n");
    EXPECT_EQ(client.answer(), "(error) UNBLOCKED client unblocked via CLIENT UNBLOCK");
}

TEST_F(Waits, GoOnWhereWhatCameWasTakenAgain)
{
    client.raw({"BLPOP", "l", "0"});
    other.run("MULTI");
    other.run("RPUSH", "l", "1");
    other.run("LPOP", "l");
    other.run("EXEC");
    EXPECT_TRUE(waits(client));
    other.run("RPUSH", "l", "2");
    EXPECT_EQ(client.answer(), "1) \"l\"\n2) \"2\"");
}

TEST_F(Waits, EndWhereAStreamOfAGroupIsSweptAway)
{
    run("XGROUP", "CREATE", "s", "g", "$", "MKSTREAM");
    run("PEXPIRE", "s", "10");
    other.raw({"XREADGROUP", "GROUP", "g", "c", "BLOCK", "0", "STREAMS", "s", ">"});
    EXPECT_TRUE(waits(other));
    advance(11);
    keyspace::Sweeper sweeper(server.services.keyspace, server.counts->keyspace, 0, 1);
    for (int round = 0; round < 8; ++round) sweeper.run(server.now, [] { return 0; });
    EXPECT_TRUE(waits(other));
    server.dispatcher->serve_waiting();
    EXPECT_EQ(other.answer(), "(error) UNBLOCKED the stream key no longer exists");
}

TEST_F(Waits, AnswerInTheDialectOfTheirClient)
{
    client.session.dialect = protocol::Dialect::resp3;
    client.raw({"BZPOPMIN", "z", "0"});
    other.run("ZADD", "z", "1.5", "m");
    EXPECT_EQ(client.answer(), "1) \"z\"\n2) \"m\"\n3) (double) 1.5");
    client.raw({"BLPOP", "l", "0"});
    server.services.waits.end_of(client.session.id, Wait::End::timed_out);
    EXPECT_EQ(client.answer(), "(nil)");
}

TEST_F(Waits, AreSilentForWhoWantsNoReply)
{
    client.raw({"CLIENT", "REPLY", "SKIP"});
    client.raw({"BLPOP", "l", "0"});
    other.run("RPUSH", "l", "1", "2");
    EXPECT_EQ(client.answer(), "");
    EXPECT_EQ(client.raw({"LLEN", "l"}), ":1\r\n");
}

TEST(Patience, IsCountedInMillisecondsRoundedUp)
{
    const auto read = [](std::string_view text) -> std::int64_t {
        dispatch::Arguments in({}, 0, {});
        commands::PatienceInSeconds patience;
        return convert(text, patience, in) ? patience.ms : -1;
    };
    EXPECT_EQ(read("0"), 0);
    EXPECT_EQ(read("0.0001"), 1);
    EXPECT_EQ(read("1.5"), 1500);
    EXPECT_EQ(read("-0.0001"), 0);
    EXPECT_EQ(read("-1"), -1);
    EXPECT_EQ(read("9e15"), 9'000'000'000'000'000'000);
    EXPECT_EQ(read("1e16"), -1);
    EXPECT_EQ(read("nan"), -1);
}

}  // namespace
}  // namespace mini_redis::tests
