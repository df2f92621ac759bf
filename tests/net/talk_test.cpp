// The WebSockets of a real server.
#include "server/admin/talk.hpp"

#include "tests/support/http_client.hpp"
#include "tests/support/live_server.hpp"
#include "tests/support/observed_server.hpp"
#include "tests/support/raw_client.hpp"
#include "tests/support/web_socket_client.hpp"
#include "tests/support/words.hpp"

#include <memory>
#include <string>
#include <vector>

#include <boost/json.hpp>
#include <gmock/gmock.h>

namespace mini_redis::tests {
namespace {

namespace json = boost::json;
using testing::EndsWith;
using testing::HasSubstr;

class TalkTest : public ObservedServer {
protected:
    using ObservedServer::ObservedServer;

    WebSocketClient open(const std::string& target, WebSocketClient::Headers headers = {})
    {
        return {admin_port, target, headers};
    }
    std::string clients() { return HttpClient(admin_port).get("/api/clients").body(); }
    static json::value news(WebSocketClient& page) { return json::parse(page.receive()); }
};

TEST_F(TalkTest, NewsTellOfTheServerAndOfItsEnd)
{
    WebSocketClient page(admin_port, "/ws/feed");
    const json::value first = news(page);
    EXPECT_EQ(first.at("seq"), 1);
    EXPECT_EQ(first.at("dropped"), 0);
    EXPECT_EQ(first.at("info").at("Server").at("tcp_port"), server.port());
    EXPECT_EQ(first.at("shutdown").at("phase"), "running");
    EXPECT_EQ(first.as_object().count("tasks"), 0U);
    EXPECT_EQ(news(page).at("seq"), 2);
}

TEST_F(TalkTest, NewsAreOfWhatThePageWants)
{
    WebSocketClient page(admin_port, "/ws/feed");
    page.send_text(R"({"topics":["tasks","clients"]})");
    json::value latest = news(page);
    while (latest.as_object().count("tasks") == 0) latest = news(page);
    EXPECT_EQ(latest.as_object().count("info"), 0U);
    EXPECT_EQ(latest.at("tasks").as_array().size(), 2U);
    EXPECT_TRUE(latest.at("clients").is_array());
    page.send_text("that is no JSON");
    while (latest.as_object().count("tasks") != 0) latest = news(page);
    EXPECT_EQ(latest.at("shutdown").at("phase"), "running");
}

TEST_F(TalkTest, NewsGoOnWhenTheSessionThatAsksIsKilled)
{
    WebSocketClient page(admin_port, "/ws/feed");
    EXPECT_EQ(news(page).as_object().count("info"), 1U);
    RawClient(server.port()).ask("CLIENT KILL TYPE normal\r\n");
    json::value latest = news(page);
    while (latest.as_object().count("info") == 0) latest = news(page);
    EXPECT_EQ(latest.at("shutdown").at("phase"), "running");
}

TEST_F(TalkTest, TheLastNewsAreThatAllHaveLeft)
{
    WebSocketClient page(admin_port, "/ws/feed");
    RawClient client(server.port());
    client.ask("PING\r\n");
    news(page);
    server.stop(false);
    std::string last;
    try {
        for (;;) last = page.receive();
    } catch (const boost::system::system_error&) {
        // That is the end.
    }
    const json::value shutdown = json::parse(last).at("shutdown");
    EXPECT_NE(shutdown.at("phase"), "running");
    EXPECT_EQ(shutdown.at("clients"), 0);
    EXPECT_GE(shutdown.at("drained").as_int64(), 1);
    EXPECT_TRUE(server.ended());
}

TEST_F(TalkTest, ASessionIsAClient)
{
    WebSocketClient page(admin_port, "/ws/session");
    const std::string value("\xff\0\r\nz", 5);
    page.send_binary(encoded({"SET", "a", value}) + encoded({"GET", "a"}));
    EXPECT_THAT(page.receive(16), EndsWith("\r\n" + value + "\r\n"));
    EXPECT_THAT(clients(), HasSubstr("\"addr\":\"admin:0\""));
}

TEST_F(TalkTest, ASessionTakesWhatIsCutAnywhere)
{
    WebSocketClient page(admin_port, "/ws/session");
    const std::string request = "SET a 1\r\nINCR a\r\n";
    for (const char byte : request) page.send_binary({&byte, 1});
    EXPECT_EQ(page.receive(9), "+OK\r\n:2\r\n");
}

TEST_F(TalkTest, ASessionHearsMessages)
{
    WebSocketClient page(admin_port, "/ws/session");
    page.send_binary("SUBSCRIBE news\r\n");
    EXPECT_THAT(page.receive(), HasSubstr("subscribe"));
    EXPECT_EQ(RawClient(server.port()).ask("PUBLISH news hello\r\n"), ":1\r\n");
    EXPECT_THAT(page.receive(), HasSubstr("hello"));
}

TEST_F(TalkTest, ASessionEndsWithItsClientAndItsPage)
{
    WebSocketClient page(admin_port, "/ws/session");
    page.send_binary("QUIT\r\n");
    EXPECT_EQ(page.receive(), "+OK\r\n");
    EXPECT_TRUE(page.ends());
    {
        WebSocketClient other(admin_port, "/ws/session");
        other.send_binary("SUBSCRIBE gone\r\n");
        other.receive();
    }
    RawClient client(server.port());
    while (client.ask("PUBLISH gone hello\r\n") != ":0\r\n") continue;
}

TEST_F(TalkTest, OthersAreRefused)
{
    const auto status = [&](const char* target, WebSocketClient::Headers headers) {
        return WebSocketClient::status(admin_port, target, headers);
    };
    for (const char* target : {"/ws/feed", "/ws/session"}) {
        EXPECT_EQ(status(target, {{"Origin", "http://localhost"}}), 101U);
        EXPECT_EQ(status(target, {{"Origin", "http://evil.example"}}), 403U);
        EXPECT_EQ(status(target, {{"Host", "evil.example"}}), 403U);
        EXPECT_EQ(status(target, {{"Sec-Fetch-Site", "cross-site"}}), 403U);
    }
    EXPECT_EQ(status("/ws/other", {}), 404U);
    EXPECT_EQ(status("/metrics", {}), 200U);
}

TEST_F(TalkTest, AThousandIdleOnesAndOneThatDoesNotReadHoldUpNobody)
{
    std::vector<std::unique_ptr<WebSocketClient>> idle;
    for (int i = 0; i < 1000; ++i)
        idle.push_back(std::make_unique<WebSocketClient>(admin_port, "/ws/feed"));
    RawClient client(server.port());
    EXPECT_EQ(client.ask("PING\r\n"), "+PONG\r\n");
    WebSocketClient page(admin_port, "/ws/feed");
    EXPECT_EQ(news(page).at("seq"), 1);
    // The server knows of one session that asks for all of them.
    // (And of the one that is asked for here.)
    std::string seen = clients();
    int sessions = 0;
    for (std::size_t at = 0; (at = seen.find("\"name\":\"admin\"", at)) != seen.npos; ++at)
        ++sessions;
    EXPECT_EQ(sessions, 2);
}

class GuardedTalkTest : public TalkTest {
protected:
    GuardedTalkTest() : TalkTest("secret", "open sesame?") {}
};

TEST_F(GuardedTalkTest, TheTokenIsOneOfTheProtocols)
{
    const auto status = [&](const char* protocols) {
        return WebSocketClient::status(admin_port, "/ws/feed",
                                       {{"Sec-WebSocket-Protocol", protocols}});
    };
    EXPECT_EQ(WebSocketClient::status(admin_port, "/ws/feed"), 401U);
    EXPECT_EQ(status("mini-redis"), 401U);
    EXPECT_EQ(status("mini-redis, token.b3BlbiBzZXNhbWU"), 401U);
    EXPECT_EQ(status("mini-redis, token.b3BlbiBzZXNhbWU_"), 101U);
    const WebSocketClient page(admin_port, "/ws/session",
                               {{"Sec-WebSocket-Protocol", "mini-redis, token.b3BlbiBzZXNhbWU_"}});
    EXPECT_EQ(page.protocol(), "mini-redis");
}

TEST_F(GuardedTalkTest, ASessionHasToKnowThePassword)
{
    WebSocketClient page(admin_port, "/ws/session",
                         {{"Sec-WebSocket-Protocol", "mini-redis, token.b3BlbiBzZXNhbWU_"}});
    page.send_binary("PING\r\n");
    EXPECT_EQ(page.receive(), "-NOAUTH Authentication required.\r\n");
}

}  // namespace
}  // namespace mini_redis::tests
