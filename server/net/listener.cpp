// Accepting.
#include "server/net/listener.hpp"

#include "server/dispatch/errors.hpp"
#include "server/net/address.hpp"
#include "server/observability/log.hpp"
#include "server/runtime/alarm.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <netinet/in.h>
#include <new>
#include <sys/socket.h>
#include <unistd.h>

namespace mini_redis::net {
namespace asio = runtime::asio;
using runtime::awaitable;

namespace {

constexpr int accepts_at_once = 1000;
constexpr auto pause_first = std::chrono::milliseconds(10);
constexpr auto pause_longest = std::chrono::milliseconds(1000);
constexpr auto complaint_interval = std::chrono::minutes(1);

enum class Failure { none_waiting, client, exhausted, fatal };

Failure classify(int error)
{
    switch (error) {
        case EAGAIN:
            return Failure::none_waiting;
        case EMFILE:
        case ENFILE:
        case ENOBUFS:
        case ENOMEM:
            return Failure::exhausted;
        case EBADF:
        case EINVAL:
        case ENOTSOCK:
        case EOPNOTSUPP:
        case EFAULT:
            return Failure::fatal;
        default:
            return Failure::client;  // aborted, reset, forbidden by a firewall: the next may do
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

Listener::Listener(std::vector<std::unique_ptr<Worker>>& workers, Listening listening)
    : workers_(workers),
      services_(workers.front()->services()),
      family_(listening.family),
      where_(std::move(listening.where)),
      acceptor_(workers.front()->thread().context(),
                asio::generic::stream_protocol(family_, family_ == AF_UNIX ? 0 : IPPROTO_TCP),
                listening.descriptor.take())
{
}

Listener::~Listener()
{
    if (family_ == AF_UNIX) ::unlink(where_.c_str());
}

awaitable<void> Listener::run()
{
    runtime::Alarm alarm(acceptor_.get_executor(), services_.time);
    auto pause = pause_first;
    for (;;) {
        const auto [error] =
            co_await acceptor_.async_wait(asio::socket_base::wait_read, runtime::use_tuple);
        if (error || stopped()) co_return;
        // Book: errors/try-again. What may pass is tried again, less often each time.
        switch (accept_waiting()) {
            case Outcome::none_waiting:
                pause = pause_first;
                break;
            case Outcome::exhausted:
                co_await alarm.wait_for(pause);
                pause = std::min(pause * 2, pause_longest);
                break;
            case Outcome::stopped:
                co_return close();
        }
    }
}

Listener::Outcome Listener::accept_waiting()
try {
    for (int i = 0; i < accepts_at_once; ++i) {
        sockaddr_storage peer{};
        socklen_t size = sizeof peer;
        Descriptor descriptor(::accept4(acceptor_.native_handle(),
                                        reinterpret_cast<sockaddr*>(&peer), &size,
                                        SOCK_NONBLOCK | SOCK_CLOEXEC));
        if (descriptor.get() >= 0) {
            admit(std::move(descriptor), peer);
            continue;
        }
        const int error = errno;
        switch (classify(error)) {
            case Failure::none_waiting:
                return Outcome::none_waiting;
            case Failure::client:
                continue;
            case Failure::exhausted:
                complain(std::strerror(error));
                return Outcome::exhausted;
            case Failure::fatal:
                observability::log_warning("stops listening on {}: {}", where_,
                                           std::strerror(error));
                return Outcome::stopped;
        }
    }
    return Outcome::none_waiting;
} catch (const std::bad_alloc& fault) {
    complain(fault.what());
    return Outcome::exhausted;
}

void Listener::complain(const char* why)
{
    const auto now = std::chrono::steady_clock::now();
    if (complained_ && now - *complained_ < complaint_interval) return;
    complained_ = now;
    observability::log_warning("cannot accept clients for now: {}", why);
}

void Listener::admit(Descriptor descriptor, const sockaddr_storage& peer)
{
    if (const std::string text = refusal(peer); !text.empty()) {
        const std::string reply = "-" + text + "\r\n";
        (void)!::send(descriptor.get(), reply.data(), reply.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        services_.threads.front().statistics.refused.add();
        return;
    }
    const auto least =
        std::ranges::min_element(workers_, {}, [](const auto& worker) { return worker->load(); });
    std::string here = local_address(descriptor.get());
    std::string there = family_ == AF_UNIX ? here : to_text(peer);
    (*least)->adopt({std::move(descriptor), family_, std::move(there), std::move(here)});
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
    if (!stopped()) accept_waiting();
    close();
}

void Listener::close()
{
    runtime::error_code ignored;
    acceptor_.close(ignored);
}

}  // namespace mini_redis::net
