// Resolving, binding, listening.
#include "server/net/listen.hpp"

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <stdexcept>

namespace mini_redis::net {
namespace {

[[noreturn]] void fail(const std::string& where, const char* why)
{
    throw std::runtime_error("cannot listen on " + where + ": " + why);
}

// Whether a failure means that this machine does not have such an address.
bool unavailable(int error)
{
    return error == EADDRNOTAVAIL || error == EAFNOSUPPORT || error == EPROTONOSUPPORT;
}

int open_listener(const sockaddr* address, socklen_t size, int backlog, bool only_v6)
{
    const int descriptor = ::socket(address->sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (descriptor < 0) return -1;
    const int yes = 1;
    ::setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (only_v6) ::setsockopt(descriptor, IPPROTO_IPV6, IPV6_V6ONLY, &yes, sizeof yes);
    if (::bind(descriptor, address, size) == 0 && ::listen(descriptor, backlog) == 0) return descriptor;
    const int error = errno;
    ::close(descriptor);
    errno = error;
    return -1;
}

// Port 0 asks the kernel for one; all addresses after the first then share it.
void listen_tcp(const std::string& name, std::uint16_t& port, int backlog, std::vector<Listening>& all)
{
    const bool may_be_missing = name.starts_with('-');
    std::string host = may_be_missing ? name.substr(1) : name;
    const std::string where = host + ":" + std::to_string(port);
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_PASSIVE;
    hints.ai_family = host == "*" ? AF_INET : host.find(':') != std::string::npos ? AF_INET6 : AF_UNSPEC;
    if (host == "*") host = "0.0.0.0";
    if (host == "::*") host = "::";
    addrinfo* found = nullptr;
    if (const int error = ::getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &found))
        fail(where, ::gai_strerror(error));

    const int family = found->ai_family;
    const int descriptor = open_listener(found->ai_addr, found->ai_addrlen, backlog, family == AF_INET6);
    const int error = errno;
    ::freeaddrinfo(found);
    if (descriptor < 0) {
        if (may_be_missing && unavailable(error)) return;
        fail(where, std::strerror(error));
    }
    all.push_back({family, descriptor});
    if (port == 0) {
        sockaddr_in6 address{};
        socklen_t size = sizeof address;
        ::getsockname(descriptor, reinterpret_cast<sockaddr*>(&address), &size);
        port = ntohs(address.sin6_port);  // at the same place in sockaddr_in
    }
}

void listen_unix(const std::string& path, std::int64_t mode, int backlog, std::vector<Listening>& all)
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof address.sun_path) fail(path, "the path is too long");
    path.copy(address.sun_path, path.size());
    ::unlink(path.c_str());
    const int descriptor =
        open_listener(reinterpret_cast<sockaddr*>(&address), sizeof address, backlog, false);
    if (descriptor < 0) fail(path, std::strerror(errno));
    if (mode != 0) ::chmod(path.c_str(), static_cast<mode_t>(mode));
    all.push_back({AF_UNIX, descriptor});
}

}  // namespace

std::vector<Listening> listen_all(const config::Config& config)
{
    std::vector<Listening> all;
    const auto backlog = static_cast<int>(config.tcp_backlog.get());
    const bool any_port = config.port.get() == 0 && config.unixsocket.get().empty();
    auto port = static_cast<std::uint16_t>(config.port.get());
    if (port != 0 || any_port)
        for (const std::string& address : config.bind.get()) listen_tcp(address, port, backlog, all);
    if (const std::string path = config.unixsocket.get(); !path.empty())
        listen_unix(path, config.unixsocketperm.get(), backlog, all);
    return all;
}

}  // namespace mini_redis::net
