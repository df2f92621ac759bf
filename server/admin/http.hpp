// The one door to Boost.Beast: what of it the observers use, and under which names.
//
// Beast itself is compiled once (mini_redis_beast).
#pragma once

#include "server/runtime/asio.hpp"

#include <boost/beast/core/basic_stream.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/websocket.hpp>

namespace mini_redis::admin {

namespace asio = runtime::asio;
namespace beast = boost::beast;
namespace http = beast::http;
namespace websocket = beast::websocket;
using runtime::awaitable;

using Request = http::request<http::empty_body>;
using Response = http::response<http::string_body>;

using Acceptor = asio::basic_socket_acceptor<asio::ip::tcp, runtime::Executor>;
using Socket = asio::basic_stream_socket<asio::ip::tcp, runtime::Executor>;
using Stream = beast::basic_stream<asio::ip::tcp, runtime::Executor, beast::unlimited_rate_policy>;
using WebSocket = websocket::stream<Stream>;

}  // namespace mini_redis::admin
