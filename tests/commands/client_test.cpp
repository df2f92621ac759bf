// CLIENT and MONITOR between several clients.
#include "server/commands/client_kill.hpp"
#include "server/commands/client_line.hpp"
#include "tests/support/command_fixture.hpp"

#include <gmock/gmock.h>

namespace mini_redis::tests {
namespace {

using dispatch::Dispatcher;
using testing::HasSubstr;
using testing::Not;

class Clients : public CommandFixture {
protected:
    TestClient other{server};
    std::string id = std::to_string(other.session.id);
};

TEST_F(Clients, AreListedByIdAndType)
{
    EXPECT_EQ(other.run("CLIENT", "SETNAME", "other").text, "OK");
    EXPECT_THAT(show("CLIENT", "LIST", "ID", id, id), HasSubstr("name=other"));
    EXPECT_THAT(show("CLIENT", "LIST", "ID", id), Not(HasSubstr("cmd=client|list")));
    EXPECT_THAT(show("CLIENT", "LIST", "TYPE", "normal"), HasSubstr("cmd=client|list"));
    EXPECT_EQ(show("CLIENT", "LIST", "TYPE", "pubsub"), "\"\"");
    EXPECT_EQ(show("CLIENT", "LIST", "TYPE", "huh"), "(error) ERR Unknown client type 'huh'");
    EXPECT_EQ(show("CLIENT", "LIST", "ID", "huh"), "(error) ERR Invalid client ID");
}

TEST_F(Clients, HaveNamesThatCanBePrinted)
{
    EXPECT_EQ(show("CLIENT", "GETNAME"), "(nil)");
    EXPECT_THAT(show("CLIENT", "SETNAME", "two words"), HasSubstr("Client names cannot contain"));
    EXPECT_EQ(show("CLIENT", "SETNAME", "me"), "OK");
    EXPECT_EQ(show("CLIENT", "GETNAME"), "\"me\"");
    EXPECT_EQ(show("CLIENT", "SETNAME", ""), "OK");
    EXPECT_EQ(show("CLIENT", "GETNAME"), "(nil)");
}

TEST_F(Clients, AreKilledOnlyIfTheyFitAllFilters)
{
    EXPECT_EQ(show("CLIENT", "KILL", "ID", id, "ADDR", "1.2.3.4:5"), "(integer) 0");
    EXPECT_EQ(show("CLIENT", "KILL", "TYPE", "pubsub"), "(integer) 0");
    EXPECT_FALSE(other.closed);
    EXPECT_EQ(show("CLIENT", "KILL", "ADDR", other.session.address, "USER", "default"),
              "(integer) 1");
    EXPECT_TRUE(other.closed);
    EXPECT_EQ(show("CLIENT", "KILL", other.session.address), "(error) ERR No such client");
}

TEST_F(Clients, AnswerBeforeTheyKillThemselves)
{
    EXPECT_EQ(show("CLIENT", "KILL", client.session.address), "OK");
    EXPECT_EQ(client.served, Dispatcher::Served::closing);
    EXPECT_FALSE(client.closed);
}

TEST_F(Clients, CanTurnRepliesOffAndLeaveOneOut)
{
    EXPECT_EQ(client.raw({"CLIENT", "REPLY", "SKIP"}), "");
    EXPECT_EQ(client.raw({"PING"}), "");
    EXPECT_EQ(client.raw({"PING"}), "+PONG\r\n");
    EXPECT_EQ(client.raw({"CLIENT", "REPLY", "OFF"}), "");
    EXPECT_EQ(client.raw({"CLIENT", "REPLY", "SKIP"}), "");
    EXPECT_EQ(client.raw({"PING"}), "");
    EXPECT_EQ(client.raw({"CLIENT", "REPLY", "ON"}), "+OK\r\n");
}

TEST_F(Clients, WaitForTheLongestAndWidestPause)
{
    run("CLIENT", "PAUSE", "1000", "ALL");
    run("CLIENT", "PAUSE", "500", "WRITE");  // waits itself
    EXPECT_EQ(client.served, Dispatcher::Served::paused);
    advance(999);
    EXPECT_EQ(other.raw({"GET", "k"}), "");
    advance(1);
    EXPECT_EQ(other.raw({"GET", "k"}), "$-1\r\n");
    run("CLIENT", "PAUSE", "1000", "WRITE");
    EXPECT_EQ(other.raw({"GET", "k"}), "$-1\r\n");
    EXPECT_EQ(other.raw({"SET", "k", "v"}), "");
    EXPECT_EQ(other.raw({"SET", "k"}), "-ERR wrong number of arguments for 'set' command\r\n");
    EXPECT_EQ(show("CLIENT", "UNPAUSE"), "OK");
    EXPECT_EQ(other.raw({"SET", "k", "v"}), "+OK\r\n");
}

TEST_F(Clients, WhoMonitorIsShownWhatWasRunAndTakenForReplicas)
{
    EXPECT_EQ(show("MONITOR"), "OK");
    EXPECT_EQ(client.raw({"MONITOR"}), "");
    other.run("SELECT", "3");
    other.run("NOSUCH", "command");
    other.run("CONFIG", "GET", "port");
    EXPECT_EQ(client.pushed.substr(client.pushed.find('[')),
              "[3 " + other.session.address + "] \"SELECT\" \"3\"\r\n");
    EXPECT_EQ(show("GET", "k"), "(error) ERR Replica can't interact with the keyspace");
    EXPECT_EQ(show("PING"), "PONG");
}

}  // namespace
}  // namespace mini_redis::tests
