// Accepting.
#include "server/net/listener.hpp"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "server/dispatch/errors.hpp"
#include "server/net/address.hpp"
#include "server/observability/log.hpp"

namespace mini_redis::net {
namespace asio = runtime::asio;
using runtime::awaitable;

namespace {

constexpr int accepts_at_once = 1000;
constexpr auto pause_first = std::chrono::milliseconds(10);
constexpr auto pause_longest = std::chrono::milliseconds(1000);

enum class Failure { none_waiting, client, exhausted, fatal };

Failure classify(int error)
{
    switch (error) {
        case EAGAIN: return Failure::none_waiting;
        case EMFILE:
        case ENFILE:
        case ENOBUFS:
        case ENOMEM: return Failure::exhausted;
        case EBADF:
        case EINVAL:
        case ENOTSOCK:
        case EOPNOTSUPP:
        case EFAULT: return Failure::fatal;
        default: return Failure::client;  // aborted, reset, forbidden by a firewall: the next may do
    }
}

std::string local_address(int descriptor)
{
    sockaddr_storage address{};
    socklen_t size = sizeof address;
    ::getsockname(descriptor, reinterpret_cast<sockaddr*>(&address), &size);
    return to_text(address);
}

}  // namespace

Listener::Listener(std::vector<std::unique_ptr<Worker>>& workers, int family, int descriptor)
    : workers_(workers),
      services_(workers.front()->services()),
      family_(family),
      acceptor_(workers.front()->thread().context(),
                asio::generic::stream_protocol(family, family == AF_UNIX ? 0 : IPPROTO_TCP), descriptor)
{
}

awaitable<void> Listener::run()
{
    runtime::Timer timer(acceptor_.get_executor());
    auto pause = pause_first;
    while (acceptor_.is_open()) {
        const auto [error] = co_await acceptor_.async_wait(asio::socket_base::wait_read, runtime::use_tuple);
        if (error || !acceptor_.is_open()) co_return;
        accept_waiting();
        if (exhausted_ == 0) {
            pause = pause_first;
            continue;
        }
        if (pause == pause_first)
            observability::log_warning("cannot accept clients for now: {}", std::strerror(exhausted_));
        timer.expires_after(pause);
        co_await timer.async_wait(runtime::use_tuple);
        pause = std::min(pause * 2, pause_longest);
    }
}

void Listener::accept_waiting()
{
    exhausted_ = 0;
    for (int i = 0; i < accepts_at_once; ++i) {
        sockaddr_storage peer{};
        socklen_t size = sizeof peer;
        const int descriptor = ::accept4(acceptor_.native_handle(), reinterpret_cast<sockaddr*>(&peer),
                                         &size, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (descriptor >= 0) {
            admit(descriptor, peer);
            continue;
        }
        const int error = errno;
        switch (classify(error)) {
            case Failure::none_waiting: return;
            case Failure::client: continue;
            case Failure::exhausted: exhausted_ = error; return;
            case Failure::fatal:
                observability::log_warning("stops listening: {}", std::strerror(error));
                return stop();
        }
    }
}

void Listener::admit(int descriptor, const sockaddr_storage& peer)
{
    if (const std::string text = refusal(peer); !text.empty()) {
        const std::string reply = "-" + text + "\r\n";
        (void)!::send(descriptor, reply.data(), reply.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        ::close(descriptor);
        services_.threads.front().statistics.refused.add();
        return;
    }
    const auto least = std::ranges::min_element(workers_, {}, [](const auto& worker) { return worker->load(); });
    std::string here = local_address(descriptor);
    std::string there = family_ == AF_UNIX ? here : to_text(peer);
    (*least)->adopt({descriptor, family_, std::move(there), std::move(here)});
}

std::string Listener::refusal(const sockaddr_storage& peer) const
{
    std::size_t clients = 0;
    for (const auto& worker : workers_) clients += worker->load();
    if (clients >= static_cast<std::size_t>(services_.config.maxclients.get()))
        return std::string(dispatch::errors::too_many_clients);
    if (services_.config.protected_mode.get() && services_.config.requirepass.get().empty() &&
        !is_local(peer))
        return "DENIED this server serves only its own machine until it has a password: set "
               "requirepass, or protected-mode no";
    return {};
}

void Listener::stop()
{
    runtime::error_code ignored;
    acceptor_.close(ignored);
}

std::uint16_t Listener::port() const
{
    sockaddr_storage address{};
    socklen_t size = sizeof address;
    auto& acceptor = const_cast<runtime::Acceptor&>(acceptor_);
    ::getsockname(acceptor.native_handle(), reinterpret_cast<sockaddr*>(&address), &size);
    if (address.ss_family == AF_INET) return ntohs(reinterpret_cast<sockaddr_in&>(address).sin_port);
    if (address.ss_family == AF_INET6) return ntohs(reinterpret_cast<sockaddr_in6&>(address).sin6_port);
    return 0;
}

}  // namespace mini_redis::net
