// One listening socket: accepts, admits or refuses, and hands each client to the least loaded thread.
//
// What can go wrong with accepting is of three kinds: the client's affair (go on), no descriptors or
// memory left (wait, longer each time, and say so once a minute), and our own fault (stop listening).
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "server/net/worker.hpp"
#include "server/runtime/asio.hpp"

namespace mini_redis::net {

class Listener {
public:
    // Takes over a bound, listening, non-blocking socket. Lives on the first worker's thread.
    Listener(std::vector<std::unique_ptr<Worker>>& workers, int family, int descriptor);

    // Runs on: the first worker's thread.  When cancelled: not cancellable; stop it.  Fails: never.
    runtime::awaitable<void> run();

    // From the first worker's thread.
    void stop();

    std::uint16_t port() const;

private:
    void accept_waiting();
    void admit(int descriptor, const sockaddr_storage& peer);
    std::string refusal(const sockaddr_storage& peer) const;

    std::vector<std::unique_ptr<Worker>>& workers_;
    dispatch::Services& services_;
    int family_;
    runtime::Acceptor acceptor_;
    int exhausted_ = 0;  // the errno that made it pause; 0: none
};

}  // namespace mini_redis::net
