// A collector that takes, refuses, hangs up, and is not there.
#include "server/tracing/collector.hpp"

#include "server/runtime/task_group.hpp"
#include "tests/support/log_file.hpp"
#include "tests/tracing/spans.hpp"

#include <deque>
#include <exception>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <gtest/gtest.h>

namespace mini_redis::tracing {
namespace {

namespace asio = runtime::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;

TEST(ReadAddress, TakesAUrlOfHttp)
{
    const Address address = read_address("http://collector.example:4318/v1/traces");
    EXPECT_EQ(address.host, "collector.example");
    EXPECT_EQ(address.port, "4318");
    EXPECT_EQ(address.path, "/v1/traces");
    EXPECT_EQ(read_address("http://[::1]:1").host, "::1");
    EXPECT_EQ(read_address("http://[::1]:1").authority, "[::1]:1");
    EXPECT_EQ(read_address("http://h").port, "80");
    EXPECT_EQ(read_address("http://h/").path, "/v1/traces");
    EXPECT_EQ(read_address("http://h/otlp/x").path, "/otlp/x");
}

TEST(ReadAddress, SaysWhatItDoesNotTake)
{
    for (const char* url : {"", "h:4318", "https://h/v1/traces", "http://", "http://u:p@h/",
                            "http://h/?q=1", "http://h h/", "http://h:/"})
        EXPECT_THROW(read_address(url), std::runtime_error) << url;
}

// What the other end answers to each request; nothing: it closes the connection instead.
using Answers = std::deque<std::optional<unsigned>>;

class ACollector : public testing::Test {
protected:
    using Acceptor = asio::basic_socket_acceptor<tcp, runtime::Executor>;

    Address address() const
    {
        const std::string port = std::to_string(acceptor.local_endpoint().port());
        return {"127.0.0.1", port, "/v1/traces", "127.0.0.1:" + port};
    }

    // As many as `answers` are served, on connections that stay open.
    runtime::awaitable<void> serve()
    {
        for (;;) {
            auto [error, socket] = co_await acceptor.async_accept(runtime::use_tuple);
            if (error) co_return;
            ++connections;
            beast::flat_buffer buffer;
            while (!answers.empty()) {
                http::request<http::string_body> request;
                const auto [unread, read] =
                    co_await http::async_read(socket, buffer, request, runtime::use_tuple);
                if (unread) break;
                const auto answer = answers.front();
                answers.pop_front();
                if (!answer) break;
                bodies.push_back(request.body());
                EXPECT_EQ(request.target(), "/v1/traces");
                EXPECT_EQ(request[http::field::content_type], "application/json");
                http::response<http::string_body> response;
                response.result(*answer);
                response.prepare_payload();
                co_await http::async_write(socket, response, runtime::use_tuple);
            }
        }
    }

    // Each of these, one after the other; what was lost of each.
    std::vector<std::size_t> lost_of(std::vector<std::size_t> counts)
    {
        return lost_of(address(), std::move(counts));
    }
    std::vector<std::size_t> lost_of(const Address& to, std::vector<std::size_t> counts)
    {
        std::vector<std::size_t> lost;
        const auto hand_on = [&]() -> runtime::awaitable<void> {
            Collector collector(context.get_executor(), to, "0.1.0", "run");
            for (const std::size_t count : counts) {
                const std::vector<Span> spans(count, tests::a_command());
                lost.push_back(co_await collector.take(spans));
            }
            acceptor.close();
        };
        runtime::TaskGroup tasks(context.get_executor(), [](std::string_view, const auto& fault) {
            std::rethrow_exception(fault);
        });
        tasks.spawn("serve", serve());
        tasks.spawn("hand on", hand_on());
        context.run();
        return lost;
    }

    asio::io_context context;
    Acceptor acceptor{context.get_executor(), tcp::endpoint(asio::ip::address_v4::loopback(), 0)};
    Answers answers;
    int connections = 0;
    std::vector<std::string> bodies;
    tests::LogFile log;
};

using Lost = std::vector<std::size_t>;

TEST_F(ACollector, IsHandedAThousandSpansAtATimeOnOneConnection)
{
    answers = {200, 200, 202, 200};
    EXPECT_EQ(lost_of({1, 2001}), (Lost{0, 0}));
    EXPECT_EQ(connections, 1);
    EXPECT_EQ(bodies.size(), 4);
}

TEST_F(ACollector, LosesWhatIsRefusedAndSaysSoOnce)
{
    answers = {503, 503, 200, 200, 503};
    EXPECT_EQ(lost_of({2, 3, 4, 2000}), (Lost{2, 3, 0, 1000}));
    EXPECT_TRUE(log.has("does not take them: it answers 503; 2 spans are lost"));
    EXPECT_FALSE(log.has("3 spans are lost"));
    EXPECT_TRUE(log.has("takes them again"));
}

// An idle connection may be closed at any time: that is no failure.
TEST_F(ACollector, IsAskedAgainWhenItHasClosedTheConnection)
{
    answers = {200, std::nullopt, 200};
    EXPECT_EQ(lost_of({1, 1}), (Lost{0, 0}));
    EXPECT_EQ(connections, 2);
}

TEST_F(ACollector, IsNotAskedForEver)
{
    answers = {std::nullopt, 200};
    EXPECT_EQ(lost_of({1, 1}), (Lost{1, 0}));
}

TEST_F(ACollector, IsLookedUpAtTheStart)
{
    EXPECT_THROW(Collector(context.get_executor(), {"no such host", "1", "/", "none"}, "", ""),
                 std::runtime_error);
}

TEST_F(ACollector, MayNotBeThere)
{
    EXPECT_EQ(lost_of({"127.0.0.1", "1", "/", "127.0.0.1:1"}, {1}), (Lost{1}));
    EXPECT_TRUE(log.has("Connection refused"));
}

}  // namespace
}  // namespace mini_redis::tracing
