// One simulated client: its end of a bad socket, its connection in the server, its ledger.
#pragma once

#include "server/net/worker.hpp"
#include "tests/simulation/chance.hpp"
#include "tests/simulation/ledger.hpp"
#include "tests/support/fake_transport.hpp"
#include "tests/support/random_requests.hpp"
#include "tests/support/stepped.hpp"

#include <memory>
#include <string>

namespace mini_redis::tests {

class Peer {
public:
    Peer(Stepped& stepped, net::Worker& worker, std::unique_ptr<FakeTransport> made)
        : tasks(
              stepped.executor(),
              [&stepped](std::string_view task, const auto&) {
                  stepped.faults += std::string(task) + ";";
              },
              stepped.clock),
          worker_(worker),
          transport_(made.get()),
          connection_(worker.welcome(std::move(made)))
    {
    }

    FakeTransport& transport() { return *transport_; }
    const FakeTransport& transport() const { return *transport_; }
    net::Worker& worker() { return worker_; }
    const net::Connection& connection() const { return *connection_; }
    dispatch::Session& session() const { return connection_->session(); }
    // Whether its connection has been left for good, and nobody holds it any more.
    bool left() const { return left_; }
    bool forgotten() const { return connection_.use_count() == 1; }

    // Begins the session, or goes on with it after it was cancelled.
    void serve()
    {
        if (tasks.size() == 0 && !left_) tasks.spawn("client", session_until_left());
    }

    void ask(RequestWords words)
    {
        unsent_ += to_bytes(words);
        asked_ += to_bytes(words).size();
        ledger->requests.push_back({std::move(words), asked_});
    }
    // Returns how many bytes went.
    std::size_t send(std::size_t most)
    {
        const std::size_t bytes = ended || broken ? 0 : std::min(most, unsent_.size());
        if (bytes != 0) transport_->send(unsent_.substr(0, bytes));
        unsent_.erase(0, bytes);
        sent += bytes;
        return bytes;
    }
    void end()
    {
        ended = ledger->may_leave = true;
        transport_->end();
    }
    void reset()
    {
        broken = ledger->may_leave = true;
        transport_->reset();
    }
    std::size_t unsent() const { return unsent_.size(); }

    runtime::TaskGroup tasks;
    Ledger* ledger = nullptr;
    std::size_t sent = 0;
    std::size_t sent_at_stop = 0;  // when the server ceased to listen
    bool publishes = false;
    bool reads = true;          // if not, it is closed one day
    bool there_at_stop = true;  // or came later
    bool closed_by_force = false;
    bool ended = false;
    bool broken = false;
    bool debtor = false;  // was closed because it was owed too much

private:
    runtime::awaitable<void> session_until_left()
    {
        co_await connection_->run(connection_);
        left_ = true;
    }

    net::Worker& worker_;
    FakeTransport* transport_;  // the connection's
    std::shared_ptr<net::Connection> connection_;
    std::string unsent_;
    std::size_t asked_ = 0;
    bool left_ = false;
};

}  // namespace mini_redis::tests
