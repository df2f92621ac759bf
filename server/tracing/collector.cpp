// One connection, kept open, and made anew when it turns out to have been closed.
#include "server/tracing/collector.hpp"

#include "server/observability/log.hpp"
#include "server/tracing/otlp.hpp"

#include <algorithm>
#include <chrono>
#include <optional>
#include <stdexcept>
#include <utility>

#include <boost/beast/core/basic_stream.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <boost/url/parse.hpp>

namespace mini_redis::tracing {
namespace asio = runtime::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;
using runtime::error_code;

namespace {

constexpr std::size_t spans_in_a_request = 1000;
constexpr auto longest = std::chrono::seconds(2);

using Clock = std::chrono::steady_clock;

}  // namespace

Address read_address(const std::string& url)
{
    const auto parsed = boost::urls::parse_uri(url);
    if (!parsed || parsed->scheme() != "http" || parsed->host().empty() || parsed->has_query() ||
        parsed->has_userinfo() || (parsed->has_port() && parsed->port().empty()))
        throw std::runtime_error("tracing-collector: '" + url +
                                 "' is not of the form http://host:port/path");
    const std::string path(parsed->encoded_path());
    return {.host = parsed->host_address(),
            .port = parsed->has_port() ? std::string(parsed->port()) : "80",
            .path = path.empty() || path == "/" ? "/v1/traces" : path,
            .authority = std::string(parsed->encoded_host_and_port())};
}

class Collector::Line {
public:
    Line(runtime::Executor executor, const Address& address) : stream_(executor)
    {
        error_code error;
        places_ = asio::ip::basic_resolver<tcp, runtime::Executor>(executor).resolve(
            address.host, address.port, error);
        if (error)
            throw std::runtime_error("tracing-collector: '" + address.host +
                                     "' cannot be looked up: " + error.message());
    }

    // From now on what is awaited has so long, all together.
    void has(Clock::duration time) { deadline_ = Clock::now() + time; }

    awaitable<error_code> open()
    {
        stream_.expires_at(deadline_);
        const auto [error, place] = co_await stream_.async_connect(places_, runtime::use_tuple);
        open_ = !error;
        co_return error;
    }

    awaitable<error_code> exchange(const http::request<http::string_body>& request,
                                   http::response<http::string_body>& response)
    {
        stream_.expires_at(deadline_);
        const auto [unsent, sent] =
            co_await http::async_write(stream_, request, runtime::use_tuple);
        if (unsent) co_return unsent;
        beast::flat_buffer buffer;
        const auto [unread, read] =
            co_await http::async_read(stream_, buffer, response, runtime::use_tuple);
        if (!unread && !response.keep_alive()) close();
        co_return unread;
    }

    bool is_open() const { return open_; }
    void close()
    {
        stream_.close();
        open_ = false;
    }

private:
    beast::basic_stream<tcp, runtime::Executor, beast::unlimited_rate_policy> stream_;
    tcp::resolver::results_type places_;
    Clock::time_point deadline_{};
    bool open_ = false;
};

Collector::Collector(runtime::Executor executor, Address address, std::string version,
                     std::string run_id)
    : address_(std::move(address)),
      version_(std::move(version)),
      run_id_(std::move(run_id)),
      line_(std::make_unique<Line>(executor, address_))
{
}

Collector::~Collector() = default;

// With the first request that fails all are given up: who hangs is waited for once.
awaitable<std::size_t> Collector::take(std::span<const Span> spans)
{
    const Origin origin{version_, run_id_};
    std::string trouble;
    line_->has(longest);
    while (!spans.empty() && trouble.empty()) {
        const auto some = spans.first(std::min(spans.size(), spans_in_a_request));
        trouble = co_await post(to_otlp(some, origin));
        if (trouble.empty()) spans = spans.subspan(some.size());
    }
    tell(trouble, spans.size());
    co_return spans.size();
}

// Returns what went wrong. A line that was open may have been closed by the other end since it was
// last used, and only then is there a second attempt.
awaitable<std::string> Collector::post(std::string body)
{
    http::request<http::string_body> request(http::verb::post, address_.path, 11);
    request.set(http::field::host, address_.authority);
    request.set(http::field::content_type, "application/json");
    request.body() = std::move(body);
    request.prepare_payload();
    for (;;) {
        const bool used = line_->is_open();
        http::response<http::string_body> response;
        error_code error;
        if (!used) error = co_await line_->open();
        if (!error) error = co_await line_->exchange(request, response);
        if (error) {
            line_->close();
            const bool stale = used && error != beast::error::timeout;
            if (stale) continue;
            co_return error.message();
        }
        if (http::to_status_class(response.result()) == http::status_class::successful)
            co_return "";
        co_return "it answers " + std::to_string(response.result_int());
    }
}

void Collector::tell(const std::string& trouble, std::size_t lost)
{
    if (trouble.empty() == !away_) return;
    away_ = !trouble.empty();
    if (away_)
        observability::log_warning(
            "the collector of traces at {} does not take them: {}; {} spans "
            "are lost, and more until it does",
            address_.authority, trouble, lost);
    else
        observability::log_notice("the collector of traces takes them again");
}

}  // namespace mini_redis::tracing
