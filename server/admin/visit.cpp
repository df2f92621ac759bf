// Reading with limits, answering in time, and the headers that every answer has.
#include "server/admin/visit.hpp"

#include "server/admin/policy.hpp"
#include "server/admin/talk.hpp"
#include "server/runtime/race.hpp"

#include <chrono>
#include <optional>
#include <utility>

namespace mini_redis::admin {
namespace {

constexpr auto silence_longest = std::chrono::seconds(30);
constexpr auto answer_longest = std::chrono::seconds(5);
constexpr std::uint32_t header_bytes_max = 16 << 10;

Response refusal_of(const Refusal& refusal)
{
    Response response = plain(refusal.status, refusal.why);
    if (refusal.status == http::status::unauthorized)
        response.set(http::field::www_authenticate, "Bearer");
    if (refusal.status == http::status::method_not_allowed)
        response.set(http::field::allow, "GET, HEAD");
    return response;
}

awaitable<void> answer_into(std::optional<Response>& response, Site& site, const Request& request)
{
    response = co_await site.answer(request);
}

awaitable<Response> answer(const Request& request, Site& site)
{
    std::optional<Response> response;
    co_await runtime::with_timeout(answer_into(response, site, request), answer_longest,
                                   runtime::system_time);
    if (!response)
        co_return plain(http::status::service_unavailable, "the server did not answer in time");
    co_return std::move(*response);
}

// What is told to whoever sent what is no request; nothing if there is nobody.
std::optional<Response> complaint(runtime::error_code error)
{
    if (error == http::error::header_limit || error == http::error::buffer_overflow)
        return plain(http::status::request_header_fields_too_large, "the header is too long");
    if (error == http::error::unexpected_body || error == http::error::body_limit)
        return plain(http::status::payload_too_large, "a body is not expected");
    if (error == http::error::end_of_stream || error == http::error::partial_message)
        return std::nullopt;
    if (error.category() == http::make_error_code(http::error::bad_value).category())
        return plain(http::status::bad_request, "this is no HTTP request");
    return std::nullopt;
}

}  // namespace

awaitable<void> visit(Socket socket, Premises& premises)
{
    runtime::error_code failed;
    const std::string here = socket.local_endpoint(failed).address().to_string();
    if (failed) co_return;
    Stream stream(std::move(socket));
    beast::flat_buffer buffer(header_bytes_max);
    for (bool goes_on = true; goes_on;) {
        http::request_parser<http::empty_body> parser;
        parser.header_limit(header_bytes_max);
        stream.expires_after(silence_longest);
        const auto [unread, read] =
            co_await http::async_read(stream, buffer, parser, runtime::use_tuple);
        std::optional<Response> response;
        if (unread) {
            goes_on = false;
            response = complaint(unread);
            if (!response) break;
        } else {
            const Request& request = parser.get();
            if (const auto refusal =
                    refuse(request, premises.rules, here, Site::is_public(request)))
                response = refusal_of(*refusal);
            else if (wants_to_talk(request))
                co_return co_await talk(std::move(stream), request, premises.room, premises.house);
            else
                response = co_await answer(request, premises.site);
            goes_on = parser.get().keep_alive();
            response->version(parser.get().version());
        }
        if (response->count("Content-Security-Policy") == 0) protect(*response);
        response->keep_alive(goes_on);
        response->prepare_payload();
        if (!unread && parser.get().method() == http::verb::head) response->body().clear();
        stream.expires_after(silence_longest);
        const auto [unsent, sent] =
            co_await http::async_write(stream, *response, runtime::use_tuple);
        if (unsent) break;
    }
    stream.socket().shutdown(asio::socket_base::shutdown_send, failed);
}

}  // namespace mini_redis::admin
