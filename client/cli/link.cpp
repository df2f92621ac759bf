// A socket that never blocks, and poll() to wait for it.
#include "client/cli/link.hpp"

#include "client/cli/interrupt.hpp"
#include "protocol/writer.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#include <utility>

namespace mini_redis::cli {
namespace {

constexpr std::size_t read_bytes = 64 << 10;
constexpr int keep_alive_seconds = 15;

Break lost(int error)
{
    return {Break::Cause::closed, std::strerror(error)};
}

void set_option(int socket, int level, int option, int value)
{
    ::setsockopt(socket, level, option, &value, sizeof value);
}

// A peer that has vanished is noticed, even while a command waits for long.
void keep_alive(int socket)
{
    set_option(socket, SOL_SOCKET, SO_KEEPALIVE, 1);
    set_option(socket, IPPROTO_TCP, TCP_KEEPIDLE, keep_alive_seconds);
    set_option(socket, IPPROTO_TCP, TCP_KEEPINTVL, keep_alive_seconds / 3);
    set_option(socket, IPPROTO_TCP, TCP_KEEPCNT, 3);
    set_option(socket, IPPROTO_TCP, TCP_NODELAY, 1);
}

// A socket, or what errno is now.
int connect_to(int family, const sockaddr* address, socklen_t length)
{
    const int socket = ::socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (socket < 0) return -1;
    if (::connect(socket, address, length) == 0) return socket;
    const int error = errno;
    ::close(socket);
    errno = error;
    return -1;
}

int connect_unix(const std::string& path)
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof address.sun_path) {
        errno = ENAMETOOLONG;
        return -1;
    }
    path.copy(address.sun_path, path.size());
    return connect_to(AF_UNIX, reinterpret_cast<const sockaddr*>(&address), sizeof address);
}

// IPv4 is tried before IPv6, as redis-cli does.
int connect_tcp(const Address& to, std::string& complaint)
{
    for (const int family : {AF_INET, AF_INET6}) {
        addrinfo wanted{};
        wanted.ai_family = family;
        wanted.ai_socktype = SOCK_STREAM;
        addrinfo* found = nullptr;
        const auto port = std::to_string(to.port);
        if (const int error = ::getaddrinfo(to.host.c_str(), port.c_str(), &wanted, &found)) {
            complaint = ::gai_strerror(error);
            continue;
        }
        int socket = -1;
        for (const addrinfo* at = found; at != nullptr && socket < 0; at = at->ai_next) {
            socket = connect_to(at->ai_family, at->ai_addr, at->ai_addrlen);
            if (socket < 0) complaint = std::strerror(errno);
        }
        ::freeaddrinfo(found);
        return socket;
    }
    return -1;
}

}  // namespace

std::string Address::to_text() const
{
    return path.empty() ? host + ':' + std::to_string(port) : path;
}

std::optional<std::string> Link::open(const Address& address)
{
    close();
    std::string complaint;
    if (address.path.empty()) {
        socket_ = connect_tcp(address, complaint);
        if (socket_ >= 0) keep_alive(socket_);
    } else {
        socket_ = connect_unix(address.path);
        if (socket_ < 0) complaint = std::strerror(errno);
    }
    if (socket_ < 0) return complaint;
    ::fcntl(socket_, F_SETFL, ::fcntl(socket_, F_GETFL) | O_NONBLOCK);
    return std::nullopt;
}

void Link::close()
{
    if (socket_ >= 0) ::close(std::exchange(socket_, -1));
    outgoing_.clear();
    incoming_.clear();
    parser_ = {};
}

void Link::send(const Words& words)
{
    protocol::Writer writer(outgoing_, protocol::Dialect::resp2);
    writer.array(words.size());
    for (const std::string& word : words) writer.bulk(word);
}

std::optional<Break> Link::receive(protocol::Value& value)
{
    while (!next(value)) {
        if (!parser_.error().empty())
            return Break{Break::Cause::unreadable,
                         "Protocol error, " + std::string(parser_.error())};
        if (auto broken = exchange(-1)) return broken;
    }
    return std::nullopt;
}

bool Link::next(protocol::Value& value)
{
    incoming_.consume(parser_.feed(incoming_.view()));
    if (!parser_.ready()) return false;
    value = parser_.take();
    return true;
}

std::optional<Break> Link::exchange(int timeout_ms)
{
    short happened = 0;
    const auto events = static_cast<short>(outgoing_.empty() ? POLLIN : POLLIN | POLLOUT);
    if (auto broken = wait(events, timeout_ms, happened)) return broken;
    if ((happened & (POLLIN | POLLHUP | POLLERR)) != 0) return read_some();
    if ((happened & POLLOUT) != 0) return write_some();
    return std::nullopt;
}

std::optional<Break> Link::wait(short events, int timeout_ms, short& happened)
{
    pollfd awaited[] = {{socket_, events, 0},
                        {interrupt_ != nullptr ? interrupt_->descriptor() : -1, POLLIN, 0}};
    if (!is_open()) return lost(ENOTCONN);
    const int count = ::poll(awaited, 2, timeout_ms);
    if (count < 0 && errno != EINTR) return lost(errno);
    if (count > 0 && awaited[1].revents != 0) return Break{Break::Cause::interrupted, {}};
    happened = count > 0 ? awaited[0].revents : short{0};
    return std::nullopt;
}

std::optional<Break> Link::write_some()
{
    const auto sent = ::send(socket_, outgoing_.data(), outgoing_.size(), MSG_NOSIGNAL);
    if (sent < 0)
        return errno == EAGAIN || errno == EINTR ? std::nullopt : std::optional(lost(errno));
    outgoing_.consume(static_cast<std::size_t>(sent));
    return std::nullopt;
}

std::optional<Break> Link::read_some()
{
    const auto got = ::recv(socket_, incoming_.room(read_bytes), read_bytes, 0);
    if (got < 0)
        return errno == EAGAIN || errno == EINTR ? std::nullopt : std::optional(lost(errno));
    if (got == 0) return Break{Break::Cause::closed, "Server closed the connection"};
    incoming_.grew(static_cast<std::size_t>(got));
    return std::nullopt;
}

}  // namespace mini_redis::cli
