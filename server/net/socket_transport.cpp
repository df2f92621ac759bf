// Each question is one system call.
#include "server/net/socket_transport.hpp"

#include <linux/sockios.h>
#include <poll.h>
#include <sys/ioctl.h>

namespace mini_redis::net {
namespace asio = runtime::asio;
using runtime::awaitable;
using runtime::Ended;
using runtime::error_code;

SocketTransport::SocketTransport(runtime::Socket socket, bool over_network)
    : socket_(std::move(socket)), readable_(socket_), over_network_(over_network)
{
}

std::size_t SocketTransport::read_some(asio::mutable_buffer room, error_code& error)
{
    return socket_.read_some(room, error);
}

std::size_t SocketTransport::write_some(Pieces pieces, error_code& error)
{
    return pieces.size() == 1 ? socket_.write_some(pieces.front(), error)
                              : socket_.write_some(pieces, error);
}

// Neither is a coroutine of its own, which would cost an allocation for each wait.
awaitable<Ended> SocketTransport::readable()
{
    return readable_.wait();
}

awaitable<Ended> SocketTransport::writable()
{
    return socket_.async_wait(asio::socket_base::wait_write, runtime::use_tuple);
}

void SocketTransport::wake()
{
    error_code ignored;
    socket_.cancel(ignored);
}

void SocketTransport::announce_end()
{
    error_code ignored;
    socket_.shutdown(asio::socket_base::shutdown_send, ignored);
}

void SocketTransport::close()
{
    error_code ignored;
    socket_.close(ignored);
}

std::size_t SocketTransport::arrived()
{
    error_code ignored;
    return socket_.available(ignored);
}

bool SocketTransport::delivered()
{
    int on_the_way = 0;
    return !over_network_ ||
           (::ioctl(socket_.native_handle(), SIOCOUTQ, &on_the_way) == 0 && on_the_way == 0);
}

bool SocketTransport::hung_up()
{
    ::pollfd end{.fd = socket_.native_handle(), .events = POLLRDHUP, .revents = 0};
    return ::poll(&end, 1, 0) == 1;
}

}  // namespace mini_redis::net
