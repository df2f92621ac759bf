// A non-blocking socket and poll(): the deadline holds for every wait.
#include "tests/support/wire_client.hpp"

#include "tests/support/frame.hpp"

#include <arpa/inet.h>
#include <cerrno>
#include <cstring>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <system_error>
#include <unistd.h>

namespace mini_redis::tests {

WireClient::WireClient(std::uint16_t port, std::chrono::milliseconds reply_limit)
    : patience_(reply_limit)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connect_to(&address, sizeof address, AF_INET);
    const int one = 1;
    ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
}

WireClient::WireClient(const std::string& path, std::chrono::milliseconds reply_limit)
    : patience_(reply_limit)
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.copy(address.sun_path, sizeof address.sun_path - 1);
    connect_to(&address, sizeof address, AF_UNIX);
}

WireClient::~WireClient()
{
    if (socket_ >= 0) ::close(socket_);
}

void WireClient::connect_to(const void* address, unsigned size, int family)
{
    socket_ = ::socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (socket_ >= 0 && ::connect(socket_, static_cast<const sockaddr*>(address), size) == 0)
        return;
    const int reason = errno;
    if (socket_ >= 0) ::close(socket_);
    throw std::system_error(reason, std::generic_category(), "connect");
}

void WireClient::wait_for(short events)
{
    pollfd waiting{socket_, events, 0};
    int ready = 0;
    do {
        ready = ::poll(&waiting, 1, static_cast<int>(patience_.count()));
    } while (ready < 0 && errno == EINTR);
    if (ready == 0) throw ConnectionLost("no reply in time");
    if ((waiting.revents & POLLIN) != 0 && !read_some()) throw ConnectionLost("closed");
    if ((waiting.revents & POLLOUT) != 0) write_some();
    if ((waiting.revents & (POLLIN | POLLOUT)) == 0) throw ConnectionLost("closed");
}

bool WireClient::read_some()
{
    char bytes[65536];
    const auto count = ::recv(socket_, bytes, sizeof bytes, MSG_DONTWAIT);
    if (count > 0) input_.append(bytes, static_cast<std::size_t>(count));
    return count > 0 || (count < 0 && (errno == EAGAIN || errno == EINTR));
}

void WireClient::write_some()
{
    const auto count = ::send(socket_, output_.data() + sent_, output_.size() - sent_,
                              MSG_DONTWAIT | MSG_NOSIGNAL);
    if (count > 0) sent_ += static_cast<std::size_t>(count);
    // What the server said before it hung up is still to be read: receive() will tell the end.
    const bool gone = count < 0 && errno != EAGAIN && errno != EINTR;
    if (!gone && sent_ < output_.size()) return;
    output_.clear();
    sent_ = 0;
}

void WireClient::flush()
{
    while (!output_.empty()) wait_for(POLLIN | POLLOUT);
}

std::string WireClient::receive()
{
    std::size_t end = 0;
    while ((end = frame_end(input_, taken_)) == std::string_view::npos)
        wait_for(output_.empty() ? POLLIN : POLLIN | POLLOUT);
    auto reply = input_.substr(taken_, end - taken_);
    taken_ = end;
    if (taken_ == input_.size()) {
        input_.clear();
        taken_ = 0;
    }
    return reply;
}

bool WireClient::closed_by_server()
{
    flush();
    if (taken_ < input_.size()) return false;
    try {
        wait_for(POLLIN);
        return false;
    } catch (const ConnectionLost& lost) {
        return std::string_view(lost.what()) == "closed";
    }
}

}  // namespace mini_redis::tests
