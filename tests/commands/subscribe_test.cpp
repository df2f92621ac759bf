// Pub/sub by commands, keyspace notifications, and what both leave behind: nothing.
#include "tests/support/command_fixture.hpp"

#include <gmock/gmock.h>

namespace mini_redis::tests {
namespace {

using testing::HasSubstr;

using Subscribing = CommandFixture;

TEST_F(Subscribing, IsAnsweredByPushesOnly)
{
    TestClient other(server);
    EXPECT_EQ(show("SUBSCRIBE", "a"), "1) \"subscribe\"\n2) \"a\"\n3) (integer) 1");
    EXPECT_EQ(other.run("PUBLISH", "a", "x").integer, 1);
    EXPECT_THAT(client.pushed, HasSubstr("$1\r\na\r\n$1\r\nx\r\n"));
    EXPECT_THAT(run("GET", "a").text, HasSubstr("Can't execute 'get': only (P|S)SUBSCRIBE"));
    EXPECT_EQ(show("PING", "x"), "1) \"pong\"\n2) \"x\"");
    run("UNSUBSCRIBE");
    EXPECT_EQ(show("GET", "a"), "(nil)");
    EXPECT_EQ(other.run("PUBLISH", "a", "x").integer, 0);
}

TEST_F(Subscribing, IsSeenInClientList)
{
    TestClient other(server);
    run("SUBSCRIBE", "a");
    run("SUBSCRIBE", "b");
    run("PSUBSCRIBE", "c*");
    run("SSUBSCRIBE", "d");
    EXPECT_THAT(other.run("CLIENT", "LIST", "TYPE", "pubsub").text,
                HasSubstr("flags=P db=0 sub=2 psub=1 ssub=1"));
    run("RESET");
    EXPECT_EQ(other.run("CLIENT", "LIST", "TYPE", "pubsub").text, "");
    EXPECT_EQ(other.run("PUBSUB", "NUMPAT").integer, 0);
}

TEST_F(Subscribing, EndsWithItsClient)
{
    {
        TestClient brief(server);
        brief.run("SUBSCRIBE", "a");
        EXPECT_EQ(run("PUBLISH", "a", "x").integer, 1);
    }
    EXPECT_EQ(run("PUBLISH", "a", "x").integer, 0);
}

TEST_F(Subscribing, EndsForPublishersWhenItsClientIsKilled)
{
    TestClient killed(server);
    killed.run("SUBSCRIBE", "a");
    killed.run("PSUBSCRIBE", "*");
    EXPECT_EQ(run("CLIENT", "KILL", "TYPE", "pubsub").integer, 1);
    EXPECT_TRUE(killed.closed);
    EXPECT_EQ(run("PUBLISH", "a", "x").integer, 0);
    EXPECT_EQ(run("PUBSUB", "NUMPAT").integer, 0);
    EXPECT_EQ(show("PUBSUB", "CHANNELS"), "(empty array)");
}

using NotificationsOfKeys = CommandFixture;

TEST_F(NotificationsOfKeys, NameTheKeyAndTheEvent)
{
    TestClient listener(server);
    listener.run("PSUBSCRIBE", "__key*__:*");
    run("SET", "a", "1");
    EXPECT_EQ(listener.pushed, "") << "nothing unless it is asked for";
    run("CONFIG", "SET", "notify-keyspace-events", "KE$x");
    run("SET", "a", "1", "PX", "10");
    EXPECT_THAT(listener.pushed, HasSubstr("__keyspace@0__:a\r\n$3\r\nset\r\n"));
    EXPECT_THAT(listener.pushed, HasSubstr("__keyevent@0__:set\r\n$1\r\na\r\n"));
    listener.pushed.clear();
    advance(11);
    run("GET", "a");
    EXPECT_THAT(listener.pushed, HasSubstr("__keyevent@0__:expired\r\n$1\r\na\r\n"));
    listener.pushed.clear();
    run("CONFIG", "SET", "notify-keyspace-events", "");
    run("SET", "a", "1");
    EXPECT_EQ(listener.pushed, "");
}

}  // namespace
}  // namespace mini_redis::tests
