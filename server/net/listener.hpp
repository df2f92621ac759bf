// One listening socket: accepts, admits or refuses, and hands each client to the least loaded
// thread.
//
// What can go wrong with accepting is of three kinds: the client's affair (go on), no descriptors
// or memory left (wait, longer each time, and say so once a minute), and our own fault (stop
// listening).
#pragma once

#include "server/net/listen.hpp"
#include "server/net/worker.hpp"
#include "server/runtime/asio.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace mini_redis::net {

class Listener {
public:
    // Lives on the first worker's thread.
    Listener(std::vector<std::unique_ptr<Worker>>& workers, Listening listening);
    // Takes the path of a Unix socket with it.
    ~Listener();

    // Runs on: the first worker's thread.  When cancelled: ends; who waits to be accepted is left
    // to the next run.  Fails: never.
    runtime::awaitable<void> run();

    // From the first worker's thread. Who is connected already is still admitted. The object has to
    // stay as long as that thread runs.
    void stop();
    bool stopped() const { return !acceptor_.is_open(); }

    const std::string& where() const { return where_; }

private:
    enum class Outcome { none_waiting, exhausted, stopped };

    Outcome accept_waiting();
    void complain(const char* why);
    void close();
    void admit(Descriptor descriptor, const sockaddr_storage& peer);
    std::string refusal(const sockaddr_storage& peer) const;

    std::vector<std::unique_ptr<Worker>>& workers_;
    dispatch::Services& services_;
    int family_;
    std::string where_;
    runtime::Acceptor acceptor_;
    std::optional<std::chrono::steady_clock::time_point> complained_;
};

}  // namespace mini_redis::net
