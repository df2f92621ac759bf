// A socket and patience: sends any bytes, and waits for what comes back, but not for ever.
#pragma once

#include "tests/support/patience.hpp"

#include <algorithm>
#include <cstring>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdexcept>
#include <string>
#include <string_view>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <gtest/gtest.h>

namespace mini_redis::tests {

class RawClient {
public:
    explicit RawClient(std::uint16_t port, int family = AF_INET)
    {
        sockaddr_in6 six{};
        six.sin6_family = AF_INET6;
        six.sin6_port = htons(port);
        six.sin6_addr = in6addr_loopback;
        sockaddr_in four{};
        four.sin_family = AF_INET;
        four.sin_port = htons(port);
        four.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (family == AF_INET)
            connect(&four, sizeof four, family);
        else
            connect(&six, sizeof six, family);
        const int yes = 1;
        ::setsockopt(descriptor_, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    }
    explicit RawClient(const std::string& path)
    {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        path.copy(address.sun_path, sizeof address.sun_path - 1);
        connect(&address, sizeof address, AF_UNIX);
    }
    ~RawClient() { ::close(descriptor_); }
    RawClient(const RawClient&) = delete;
    RawClient& operator=(const RawClient&) = delete;

    // All of it, even if the server does not read; what it no longer takes is dropped.
    void send(std::string_view bytes)
    {
        while (!bytes.empty()) {
            const ssize_t count = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (count <= 0) return;
            bytes.remove_prefix(static_cast<std::size_t>(count));
        }
    }

    // Exactly so many bytes, or fewer if the end comes before.
    std::string receive(std::size_t size)
    {
        std::string all;
        while (all.size() < size && more(all, size - all.size())) {
        }
        return all;
    }
    std::string receive_line()
    {
        std::string line;
        while (!line.ends_with("\r\n") && more(line, 1)) {
        }
        return line;
    }
    // What comes until the server closes.
    std::string receive_rest()
    {
        std::string all;
        while (more(all, 65536)) {
        }
        return all;
    }
    bool closed() { return receive(1).empty() && ended_; }

    // For requests whose reply is one line.
    std::string ask(std::string_view request)
    {
        send(request);
        return receive_line();
    }
    // For requests whose reply is a bulk: its text.
    std::string ask_bulk(std::string_view request)
    {
        const std::string header = ask(request);
        if (!header.starts_with('$')) return header;
        const auto size = static_cast<std::size_t>(std::stoul(header.substr(1)));
        return receive(size + 2).substr(0, size);
    }

    int descriptor() const { return descriptor_; }

    void half_close() { ::shutdown(descriptor_, SHUT_WR); }
    // Vanishes: the server sees a reset, not an end.
    void reset()
    {
        const linger none{.l_onoff = 1, .l_linger = 0};
        ::setsockopt(descriptor_, SOL_SOCKET, SO_LINGER, &none, sizeof none);
        ::close(descriptor_);
        descriptor_ = -1;
    }

private:
    void connect(const void* address, socklen_t size, int family)
    {
        descriptor_ = ::socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (::connect(descriptor_, static_cast<const sockaddr*>(address), size) != 0)
            throw std::runtime_error(std::strerror(errno));
    }

    bool more(std::string& all, std::size_t most)
    {
        using std::chrono::milliseconds;
        pollfd readable{.fd = descriptor_, .events = POLLIN, .revents = 0};
        if (::poll(&readable, 1, static_cast<int>(milliseconds(patience).count())) <= 0) {
            ADD_FAILURE() << "nothing comes any more after " << all.size() << " bytes";
            return false;
        }
        char chunk[65536];
        const ssize_t count = ::recv(descriptor_, chunk, std::min(most, sizeof chunk), 0);
        ended_ = count <= 0;
        if (!ended_) all.append(chunk, static_cast<std::size_t>(count));
        return !ended_;
    }

    int descriptor_ = -1;
    bool ended_ = false;
};

}  // namespace mini_redis::tests
