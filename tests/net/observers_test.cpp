// The observers' port of a real server.
#include "server/admin/observers.hpp"

#include "tests/support/http_client.hpp"
#include "tests/support/observed_server.hpp"
#include "tests/support/raw_client.hpp"

#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <boost/json.hpp>
#include <gmock/gmock.h>

namespace mini_redis::tests {
namespace {

using testing::HasSubstr;

class ObserversTest : public ObservedServer {
protected:
    using ObservedServer::ObservedServer;

    HttpClient::Response get(const std::string& target, HttpClient::Headers headers = {})
    {
        return HttpClient(admin_port).get(target, headers);
    }
    boost::json::value json(const std::string& target)
    {
        const HttpClient::Response response = get(target);
        EXPECT_EQ(response.result_int(), 200U) << response.body();
        return boost::json::parse(response.body());
    }
};

TEST_F(ObserversTest, SayThatTheServerIsWell)
{
    EXPECT_EQ(get("/healthz").body(), "ok\n");
    EXPECT_EQ(get("/readyz").body(), "ready\n");
}

TEST_F(ObserversTest, TellMetrics)
{
    RawClient(server.port()).ask("SET a b\r\n");
    const HttpClient::Response response = get("/metrics");
    EXPECT_EQ(response.result_int(), 200U);
    EXPECT_EQ(response["Content-Type"], "text/plain; version=0.0.4; charset=utf-8");
    EXPECT_THAT(response.body(), HasSubstr("\nredis_up 1\n"));
    EXPECT_THAT(response.body(), HasSubstr("redis_commands_total{cmd=\"set\"} 1\n"));
    EXPECT_THAT(response.body(), HasSubstr("redis_db_keys{db=\"db0\"} 1\n"));
}

TEST_F(ObserversTest, TellOfClientsAsTheServerSeesThem)
{
    RawClient client(server.port());
    client.ask("CLIENT SETNAME somebody\r\n");
    std::vector<std::string> names;
    const boost::json::value clients = json("/api/clients");
    for (const boost::json::value& one : clients.as_array())
        names.emplace_back(one.at("name").as_string());
    EXPECT_THAT(names, testing::UnorderedElementsAre("somebody", "admin"));
}

TEST_F(ObserversTest, TellOfTasksOnEachThread)
{
    RawClient client(server.port());
    client.ask("PING\r\n");
    const boost::json::value threads = json("/api/tasks");
    ASSERT_EQ(threads.as_array().size(), 2U);
    int clients = 0;
    for (const boost::json::value& thread : threads.as_array()) {
        int housekeepers = 0;
        for (const boost::json::value& task : thread.at("tasks").as_array()) {
            clients += task.at("name") == "client" ? 1 : 0;
            housekeepers += task.at("name") == "keep house" ? 1 : 0;
            EXPECT_GE(task.at("age_ms").as_int64(), 0);
        }
        EXPECT_EQ(housekeepers, 1);
    }
    EXPECT_EQ(clients, 1);
}

TEST_F(ObserversTest, TellWhatCommandsTell)
{
    EXPECT_EQ(json("/api/info").at("Server").at("tcp_port").as_int64(), server.port());
    EXPECT_TRUE(json("/api/slowlog").is_array());
    EXPECT_TRUE(json("/api/latency").is_array());
    EXPECT_TRUE(json("/api/commands").at("get").at("summary").is_string());
}

TEST_F(ObserversTest, HaveNoOtherPages)
{
    EXPECT_EQ(get("/book").result_int(), get("/book/").result_int() == 200 ? 301U : 404U);
    for (const char* target :
         {"/index.htm", "/book//", "/book/../metrics", "/metrics/", "/metrics?x", "//metrics",
          "/../metrics", "/%6detrics", "/api", "/api/", "http://localhost/metrics"})
        EXPECT_EQ(get(target).result_int(), 404U) << target;
}

TEST_F(ObserversTest, RefuseStrangers)
{
    for (const char* target : {"/healthz", "/readyz", "/metrics", "/api/info", "/nothing"}) {
        EXPECT_EQ(get(target, {{"Host", "evil.example"}}).result_int(), 403U);
        EXPECT_EQ(get(target, {{"Origin", "http://evil.example"}}).result_int(), 403U);
        EXPECT_EQ(get(target, {{"Sec-Fetch-Site", "cross-site"}}).result_int(), 403U);
    }
}

TEST_F(ObserversTest, SendHeadersThatBindTheBrowser)
{
    for (const char* target : {"/metrics", "/nothing"}) {
        const HttpClient::Response response = get(target);
        EXPECT_THAT(std::string(response["Content-Security-Policy"]),
                    HasSubstr("default-src 'none'"));
        EXPECT_EQ(response["X-Content-Type-Options"], "nosniff");
        EXPECT_EQ(response["Cache-Control"], "no-store");
        EXPECT_EQ(response.count("Access-Control-Allow-Origin"), 0U);
    }
}

TEST_F(ObserversTest, AnswerOneAfterTheOther)
{
    HttpClient client(admin_port);
    for (int i = 0; i < 3; ++i) EXPECT_EQ(client.get("/healthz").body(), "ok\n");
    EXPECT_EQ(client.get("/healthz", {{"Connection", "close"}}).body(), "ok\n");
    EXPECT_TRUE(client.ends());
}

TEST_F(ObserversTest, SayWhatIsNoRequest)
{
    const auto status = [&](std::string_view bytes) {
        HttpClient client(admin_port);
        client.send(bytes);
        const unsigned said = client.receive().result_int();
        EXPECT_TRUE(client.ends());
        return said;
    };
    EXPECT_EQ(status("PING\r\n\r\n"), 400U);
    EXPECT_EQ(status("GET /healthz HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhello"),
              413U);
    EXPECT_EQ(status("GET / HTTP/1.1\r\nX: " + std::string(20'000, 'x') + "\r\n\r\n"), 431U);
    EXPECT_EQ(get("/healthz").body(), "ok\n");
}

TEST_F(ObserversTest, ServeWhileOthersAreSilent)
{
    std::vector<std::unique_ptr<HttpClient>> silent;
    for (int i = 0; i < 100; ++i) {
        silent.push_back(std::make_unique<HttpClient>(admin_port));
        if (i % 2 == 0) silent.back()->send("GET /metr");
    }
    EXPECT_EQ(get("/healthz").body(), "ok\n");
    EXPECT_EQ(RawClient(server.port()).ask("PING\r\n"), "+PONG\r\n");
}

TEST_F(ObserversTest, DoNotHoldTheServer)
{
    HttpClient idle(admin_port);
    EXPECT_EQ(idle.get("/healthz").body(), "ok\n");
    server.stop(false);
    EXPECT_TRUE(server.ended());
    EXPECT_TRUE(idle.ends());
}

class GuardedObserversTest : public ObserversTest {
protected:
    GuardedObserversTest() : ObserversTest("secret", "sesame") {}
};

TEST_F(GuardedObserversTest, TellOnlyWhoKnowsTheToken)
{
    for (const char* target : {"/metrics", "/api/info", "/nothing"})
        EXPECT_EQ(get(target).result_int(), 401U) << target;
    EXPECT_EQ(get("/healthz").result_int(), 200U);
    EXPECT_EQ(get("/readyz").result_int(), 200U);
    EXPECT_EQ(get("/metrics", {{"Authorization", "Bearer sesame"}}).result_int(), 200U);
}

TEST(Observers, AreNotServedBeyondThisMachineWithoutAToken)
{
    config::Config config;
    config.find("port")->assign("0");
    config.find("bind")->assign("127.0.0.1");
    config.find("admin-port")->assign(std::to_string(some_port()));
    config.find("admin-bind")->assign("*");
    EXPECT_THROW(server::Server{config}, std::runtime_error);
}

}  // namespace
}  // namespace mini_redis::tests
