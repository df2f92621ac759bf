// Resolving, binding, listening.
#include "server/net/listen.hpp"

#include "server/net/address.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <netdb.h>
#include <netinet/in.h>
#include <stdexcept>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

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

Descriptor open_listener(const sockaddr* address, socklen_t size, int backlog)
{
    Descriptor descriptor(
        ::socket(address->sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    if (descriptor.get() < 0) return descriptor;
    const int yes = 1;
    ::setsockopt(descriptor.get(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (address->sa_family == AF_INET6)
        ::setsockopt(descriptor.get(), IPPROTO_IPV6, IPV6_V6ONLY, &yes, sizeof yes);
    if (::bind(descriptor.get(), address, size) == 0 && ::listen(descriptor.get(), backlog) == 0)
        return descriptor;
    const int error = errno;
    descriptor = Descriptor(-1);
    errno = error;
    return descriptor;
}

std::uint16_t port_of(const sockaddr_storage& address)
{
    if (address.ss_family == AF_INET)
        return ntohs(reinterpret_cast<const sockaddr_in&>(address).sin_port);
    return ntohs(reinterpret_cast<const sockaddr_in6&>(address).sin6_port);
}

sockaddr_storage resolve(std::string host, std::uint16_t port)
{
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_PASSIVE;
    hints.ai_family = host == "*"                           ? AF_INET
                      : host.find(':') != std::string::npos ? AF_INET6
                                                            : AF_UNSPEC;
    const std::string where = host + ":" + std::to_string(port);
    if (host == "*") host = "0.0.0.0";
    if (host == "::*") host = "::";
    addrinfo* found = nullptr;
    if (const int error = ::getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &found))
        fail(where, ::gai_strerror(error));
    sockaddr_storage address{};
    std::memcpy(&address, found->ai_addr, found->ai_addrlen);
    ::freeaddrinfo(found);
    return address;
}

// What one call of listen_all() finds and makes.
struct Opener {
    int backlog;
    std::span<const std::string> before;
    std::vector<Listening> all;

    bool has(const std::string& where) const { return std::ranges::count(before, where) != 0; }

    // Port 0 asks the kernel for one, and the addresses after the first share it.
    void listen_tcp(const std::string& name, std::uint16_t& port)
    {
        const bool may_be_missing = name.starts_with('-');
        sockaddr_storage address = resolve(may_be_missing ? name.substr(1) : name, port);
        std::string where = to_text(address);
        Descriptor descriptor(-1);
        if (!has(where)) {
            socklen_t size =
                address.ss_family == AF_INET ? sizeof(sockaddr_in) : sizeof(sockaddr_in6);
            auto* const plain = reinterpret_cast<sockaddr*>(&address);
            descriptor = open_listener(plain, size, backlog);
            if (descriptor.get() < 0) {
                if (may_be_missing && unavailable(errno)) return;
                fail(where, std::strerror(errno));
            }
            ::getsockname(descriptor.get(), plain, &size);
            port = port_of(address);
            where = to_text(address);
        }
        all.push_back(
            {address.ss_family, std::move(descriptor), std::move(where), port, is_local(address)});
    }

    // A socket that nobody answers on may lie there from before; anything else is in the way.
    void listen_unix(const std::string& path, std::int64_t mode)
    {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        if (path.size() >= sizeof address.sun_path) fail(path, "the path is too long");
        path.copy(address.sun_path, path.size());
        Descriptor descriptor(-1);
        if (!has(path)) {
            struct stat file{};
            if (::lstat(path.c_str(), &file) == 0 && S_ISSOCK(file.st_mode)) ::unlink(path.c_str());
            descriptor =
                open_listener(reinterpret_cast<sockaddr*>(&address), sizeof address, backlog);
            if (descriptor.get() < 0) fail(path, std::strerror(errno));
            if (mode != 0) ::chmod(path.c_str(), static_cast<mode_t>(mode));
        }
        all.push_back({AF_UNIX, std::move(descriptor), path, 0, true});
    }
};

}  // namespace

std::vector<Listening> listen_all(const config::Config& config, std::span<const std::string> before)
{
    Opener opener{static_cast<int>(config.tcp_backlog.get()), before, {}};
    const std::string path = config.unixsocket.get();
    auto port = static_cast<std::uint16_t>(config.port.get());
    if (port != 0 || (path.empty() && before.empty()))
        for (const std::string& address : config.bind.get()) opener.listen_tcp(address, port);
    if (!path.empty()) opener.listen_unix(path, config.unixsocketperm.get());
    return std::move(opener.all);
}

std::vector<Listening> listen_at(std::span<const std::string> addresses, std::uint16_t port,
                                 int backlog)
{
    Opener opener{backlog, {}, {}};
    for (const std::string& address : addresses) opener.listen_tcp(address, port);
    return std::move(opener.all);
}

}  // namespace mini_redis::net
