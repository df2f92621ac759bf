// Each has two directions, and ends when one of them does.
#include "server/admin/talk.hpp"

#include "server/admin/json.hpp"
#include "server/runtime/race.hpp"

#include <array>
#include <sys/socket.h>
#include <utility>

namespace mini_redis::admin {
namespace {

constexpr std::size_t topics_bytes_max = 4 << 10;
constexpr std::size_t request_bytes_max = 16 << 20;  // a value may be typed in, but not a film

constexpr std::string_view feed_path = "/ws/feed";
constexpr std::string_view session_path = "/ws/session";

std::string_view target_of(const Request& request)
{
    return {request.target().data(), request.target().size()};
}

awaitable<void> hear_topics(WebSocket& socket, Newsroom::Reader& reader)
{
    beast::flat_buffer buffer;
    for (;;) {
        const auto [error, size] = co_await socket.async_read(buffer, runtime::use_tuple);
        if (error) co_return;
        reader.want(topics_of({static_cast<const char*>(buffer.data().data()), size}));
        buffer.consume(size);
    }
}

awaitable<void> tell_news(WebSocket& socket, Newsroom::Reader& reader)
{
    for (;;) {
        while (const auto news = reader.take()) {
            const auto [error, size] =
                co_await socket.async_write(asio::buffer(*news), runtime::use_tuple);
            if (error) co_return;
        }
        if (reader.over()) break;
        co_await reader.more();
    }
    co_await socket.async_close(websocket::close_code::going_away, runtime::use_tuple);
}

awaitable<void> feed(WebSocket& socket, Newsroom& room)
{
    socket.read_message_max(topics_bytes_max);
    socket.text(true);
    Newsroom::Reader reader(room);
    co_await runtime::race(hear_topics(socket, reader), tell_news(socket, reader));
}

awaitable<void> pass_requests(WebSocket& socket, runtime::Socket& session)
{
    beast::flat_buffer buffer;
    for (;;) {
        const auto [failed, size] = co_await socket.async_read(buffer, runtime::use_tuple);
        if (failed) co_return;
        while (buffer.size() != 0) {
            const auto [error, sent] =
                co_await session.async_write_some(buffer.data(), runtime::use_tuple);
            if (error) co_return;
            buffer.consume(sent);
        }
    }
}

awaitable<void> pass_replies(runtime::Socket& session, WebSocket& socket)
{
    std::array<char, 16 << 10> buffer;
    for (;;) {
        const auto [ended, size] =
            co_await session.async_read_some(asio::buffer(buffer), runtime::use_tuple);
        if (ended) break;
        const auto [error, sent] =
            co_await socket.async_write(asio::buffer(buffer.data(), size), runtime::use_tuple);
        if (error) co_return;
    }
    co_await socket.async_close(websocket::close_code::going_away, runtime::use_tuple);
}

awaitable<void> session(WebSocket& socket, House& house)
{
    runtime::Descriptor descriptor = house.open_session();
    if (descriptor.get() < 0) co_return;
    runtime::Socket ours(co_await asio::this_coro::executor);
    ours.assign({AF_UNIX, 0}, descriptor.get());
    descriptor.take();
    socket.read_message_max(request_bytes_max);
    socket.binary(true);
    co_await runtime::race(pass_requests(socket, ours), pass_replies(ours, socket));
}

}  // namespace

bool wants_to_talk(const Request& request)
{
    const std::string_view target = target_of(request);
    return websocket::is_upgrade(request) && (target == feed_path || target == session_path);
}

awaitable<void> talk(Stream stream, const Request& request, Newsroom& room, House& house)
{
    WebSocket socket(std::move(stream));
    socket.next_layer().expires_never();  // from here on the WebSocket sees to that itself
    socket.set_option(websocket::stream_base::timeout::suggested(beast::role_type::server));
    if (request.count(http::field::sec_websocket_protocol) != 0)
        socket.set_option(websocket::stream_base::decorator([](websocket::response_type& response) {
            response.set(http::field::sec_websocket_protocol, "mini-redis");
        }));
    const auto [error] = co_await socket.async_accept(request, runtime::use_tuple);
    if (error) co_return;
    if (target_of(request) == feed_path)
        co_await feed(socket, room);
    else
        co_await session(socket, house);
}

}  // namespace mini_redis::admin
