// Resolving, connecting, and the options of the socket.
#include "client/socket_transport.hpp"

#include <netinet/tcp.h>
#include <string>
#include <sys/socket.h>
#include <sys/un.h>

namespace mini_redis::client {
namespace {

constexpr int silence_before_keep_alive_s = 15;
constexpr int between_keep_alives_s = 5;
constexpr int keep_alives_max = 3;
constexpr int unacknowledged_ms = 30'000;

}  // namespace

awaitable<error_code> SocketTransport::open(Address address)
{
    closed_ = false;
    if (address.tls) co_return asio::error::operation_not_supported;
    if (!address.unix_path.empty()) {
        if (address.unix_path.size() >= sizeof(sockaddr_un::sun_path))
            co_return asio::error::name_too_long;
        const asio::local::stream_protocol::endpoint endpoint(address.unix_path);
        const error_code error = co_await connect(endpoint);
        if (!error) set_options(false);
        co_return error;
    }
    auto resolved =
        co_await resolver_.async_resolve(address.host, std::to_string(address.port), use_tuple);
    auto& [error, endpoints] = resolved;
    if (error) co_return error;
    error_code last = asio::error::host_not_found;
    for (const auto& entry : endpoints) {
        if (closed_) co_return asio::error::operation_aborted;
        last = co_await connect(entry.endpoint());
        if (last) continue;
        set_options(true);
        break;
    }
    co_return last;
}

awaitable<error_code> SocketTransport::connect(asio::generic::stream_protocol::endpoint endpoint)
{
    error_code error;
    socket_.close(error);
    socket_.open(endpoint.protocol(), error);
    if (error) co_return error;
    socket_.non_blocking(true, error);
    const auto [failed] = co_await socket_.async_connect(endpoint, use_tuple);
    if (closed_) co_return asio::error::operation_aborted;
    co_return failed;
}

void SocketTransport::set_options(bool tcp)
{
    error_code ignored;
    socket_.non_blocking(true, ignored);
    if (!tcp) return;
    const int fd = socket_.native_handle();
    const auto set = [fd](int level, int name, int value) {
        ::setsockopt(fd, level, name, &value, sizeof value);
    };
    set(IPPROTO_TCP, TCP_NODELAY, 1);
    set(SOL_SOCKET, SO_KEEPALIVE, 1);
    set(IPPROTO_TCP, TCP_KEEPIDLE, silence_before_keep_alive_s);
    set(IPPROTO_TCP, TCP_KEEPINTVL, between_keep_alives_s);
    set(IPPROTO_TCP, TCP_KEEPCNT, keep_alives_max);
    set(IPPROTO_TCP, TCP_USER_TIMEOUT, unacknowledged_ms);
}

std::size_t SocketTransport::read_some(asio::mutable_buffer room, error_code& error)
{
    return socket_.read_some(room, error);
}

std::size_t SocketTransport::write_some(asio::const_buffer bytes, error_code& error)
{
    return socket_.write_some(bytes, error);
}

awaitable<void> SocketTransport::readable()
{
    co_await socket_.async_wait(asio::socket_base::wait_read, use_tuple);
}

awaitable<void> SocketTransport::writable()
{
    co_await socket_.async_wait(asio::socket_base::wait_write, use_tuple);
}

// Book: files-and-names/no-way-back. A name that is being looked up cannot be called back.
void SocketTransport::close()
{
    closed_ = true;
    resolver_.cancel();
    error_code ignored;
    socket_.close(ignored);
}

int SocketTransport::descriptor() const
{
    return socket_.is_open() ? const_cast<Socket&>(socket_).native_handle() : -1;
}

}  // namespace mini_redis::client
