// Who is there, in which dialect, with which password.
#include "tests/support/command_fixture.hpp"

#include <gmock/gmock.h>

namespace mini_redis::tests {
namespace {

using testing::HasSubstr;

class Login : public CommandFixture {
protected:
    Login()
    {
        const config::Config::Assignment password[] = {{"requirepass", "secret"}};
        EXPECT_EQ(server.config.set(password), std::nullopt);
        client.session.authenticated = false;
    }
};

TEST_F(Login, TakesThePasswordAndNothingLikeIt)
{
    const std::string wrong =
        "(error) WRONGPASS invalid username-password pair or user is disabled.";
    for (const char* password : {"", "s", "secre", "secretsecret", "secreT", "secret "})
        EXPECT_EQ(show("AUTH", password), wrong) << password;
    EXPECT_EQ(show("AUTH", "somebody", "secret"), wrong);
    EXPECT_EQ(show("PING"), "(error) NOAUTH Authentication required.");
    EXPECT_EQ(show("AUTH", "default", "secret"), "OK");
    EXPECT_EQ(show("PING"), "PONG");
}

TEST_F(Login, IsNotTakenBackWhenThePasswordChanges)
{
    EXPECT_EQ(show("AUTH", "secret"), "OK");
    const config::Config::Assignment changed[] = {{"requirepass", "other"}};
    EXPECT_EQ(server.config.set(changed), std::nullopt);
    EXPECT_EQ(show("PING"), "PONG");
    EXPECT_EQ(show("RESET"), "RESET");
    EXPECT_THAT(show("PING"), HasSubstr("NOAUTH"));
    EXPECT_EQ(show("AUTH", "other"), "OK");
}

TEST_F(Login, IsNeededNoMoreWhenThePasswordIsTakenAway)
{
    const config::Config::Assignment none[] = {{"requirepass", ""}};
    EXPECT_EQ(server.config.set(none), std::nullopt);
    EXPECT_EQ(show("PING"), "PONG");
    EXPECT_THAT(show("AUTH", "secret"), HasSubstr("ERR AUTH <password> called without any"));
}

TEST_F(Login, HelloLogsInBeforeItMeetsAWrongOption)
{
    EXPECT_THAT(show("HELLO", "3", "SETNAME", "me"), HasSubstr("NOAUTH HELLO must be called"));
    EXPECT_EQ(show("HELLO", "3", "AUTH", "default", "secret", "HUH"),
              "(error) ERR Syntax error in HELLO option 'HUH'");
    EXPECT_EQ(client.session.resp, 2);
    EXPECT_EQ(show("CLIENT", "GETNAME"), "\"me\"");
}

TEST_F(Login, KeepsPasswordsFromMonitorAndSlowLog)
{
    TestClient watcher(server);
    EXPECT_EQ(watcher.run("MONITOR").text, "OK");
    const config::Config::Assignment all[] = {{"slowlog-log-slower-than", "0"}};
    EXPECT_EQ(server.config.set(all), std::nullopt);
    run("AUTH", "secret");
    run("AUTH", "somebody", "secret");
    run("HELLO", "2", "SETNAME", "me", "AUTH", "default", "secret");
    EXPECT_THAT(watcher.pushed, HasSubstr("] \"AUTH\" \"(redacted)\"\r\n"));
    EXPECT_THAT(watcher.pushed, HasSubstr("\"SETNAME\" \"me\" \"AUTH\" \"(redacted)\""));
    EXPECT_THAT(watcher.pushed, testing::Not(HasSubstr("secret")));
    EXPECT_THAT(show("SLOWLOG", "GET"), testing::Not(HasSubstr("secret")));
}

using ConnectionCommands = CommandFixture;

TEST_F(ConnectionCommands, HelloChangesTheDialectOfItsOwnReply)
{
    EXPECT_EQ(run("HELLO").kind, protocol::Value::Kind::array);
    EXPECT_EQ(run("HELLO", "3").kind, protocol::Value::Kind::map);
    EXPECT_EQ(run("HELLO").kind, protocol::Value::Kind::map);
    EXPECT_EQ(run("HELLO", "2").kind, protocol::Value::Kind::array);
    EXPECT_EQ(show("HELLO", "4"), "(error) NOPROTO unsupported protocol version");
}

TEST_F(ConnectionCommands, ResetMakesTheConnectionNew)
{
    run("HELLO", "3", "SETNAME", "me");
    run("SELECT", "9");
    run("CLIENT", "NO-EVICT", "ON");
    run("MONITOR");
    EXPECT_EQ(show("RESET"), "RESET");
    EXPECT_FALSE(server.services.clients.monitored());
    EXPECT_THAT(show("CLIENT", "INFO"), testing::AllOf(HasSubstr(" name= "), HasSubstr(" db=0 "),
                                                       HasSubstr(" flags=e "), HasSubstr("resp=2")))
        << "all but NO-EVICT, which Redis lets stand";
}

TEST_F(ConnectionCommands, QuitClosesAfterItsReply)
{
    EXPECT_EQ(show("QUIT", "whatever"), "OK");
    EXPECT_EQ(client.served, dispatch::Dispatcher::Served::closing);
}

}  // namespace
}  // namespace mini_redis::tests
