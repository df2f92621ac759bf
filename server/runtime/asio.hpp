// The one door to Boost.Asio: what of it the server uses, and under which names.
//
// Everything awaitable here is tied to io_context's own executor type, so that nothing on the data
// path goes through a type-erased executor. Asio itself is compiled once (mini_redis_asio).
#pragma once

#include <tuple>

#include <boost/asio/any_completion_handler.hpp>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace mini_redis::runtime {

namespace asio = boost::asio;
using boost::system::error_code;

using Executor = asio::io_context::executor_type;

// Book: tasks/executor. An awaitable says in its type what will run it.
template <class T = void>
using awaitable = asio::awaitable<T, Executor>;

// Awaiting yields a tuple whose first element is the error: an operation never throws.
inline constexpr auto use_tuple = asio::as_tuple(asio::use_awaitable_t<Executor>{});

// What an operation under use_tuple yields that has no result but its error.
using Ended = std::tuple<error_code>;

// TCP and Unix sockets alike.
using Socket = asio::basic_stream_socket<asio::generic::stream_protocol, Executor>;
using Acceptor = asio::basic_socket_acceptor<asio::generic::stream_protocol, Executor>;
using Timer = asio::basic_waitable_timer<std::chrono::steady_clock,
                                         asio::wait_traits<std::chrono::steady_clock>, Executor>;
using SignalSet = asio::basic_signal_set<Executor>;

}  // namespace mini_redis::runtime
