// The server on a stepped thread, for worlds that are cancelled at every step: everything but the
// network, and the clocks stand.
#pragma once

#include "server/commands/families.hpp"
#include "server/net/worker.hpp"
#include "tests/support/fake_transport.hpp"
#include "tests/support/stepped.hpp"

#include <cstddef>
#include <memory>
#include <string>

namespace mini_redis::tests {

// How two texts differ; empty if they do not.
inline std::string unequal(const std::string& received, const std::string& expected)
{
    if (received == expected) return {};
    std::size_t at = 0;
    while (at < received.size() && at < expected.size() && received[at] == expected[at]) ++at;
    return "of " + std::to_string(expected.size()) + " bytes expected and " +
           std::to_string(received.size()) + " received the first " + std::to_string(at) +
           " are equal";
}

class Served : public dispatch::Control {
public:
    explicit Served(Stepped& stepped)
        : services{.config = config,
                   .catalogue = catalogue(),
                   .keyspace = keyspace,
                   .control = *this,
                   .clock = [] { return std::int64_t{1'700'000'000'000}; },
                   .time = stepped.clock}
    {
        services.threads.emplace_back(catalogue().all().size(), 1);
        services.hub.add_branch();
        worker = std::make_unique<net::Worker>(services, stepped.thread(), 0, 1);
    }

    config::Config config;
    keyspace::Keyspace keyspace{1, keyspace::Keyspace::Use::by_one_thread};
    dispatch::Services services;
    std::unique_ptr<net::Worker> worker;

private:
    static const dispatch::Catalogue& catalogue()
    {
        static const dispatch::Catalogue all = [] {
            dispatch::Catalogue made;
            for (const dispatch::Family* family : commands::families) made.add(*family);
            return made;
        }();
        return all;
    }
    void shut_down(bool) override {}
    void run_in_background(std::function<void()> work) override { work(); }
};

// With one client, whose session is what is cancelled, and its writer with it.
class ServedClient : public Served {
public:
    ServedClient(Stepped& stepped, FakeTransport::Quality quality) : Served(stepped)
    {
        auto made = std::make_unique<FakeTransport>(stepped.executor(), quality);
        peer = made.get();
        connection = worker->welcome(std::move(made));
    }

    runtime::awaitable<void> session() { return connection->run(connection); }
    void cancel(runtime::asio::cancellation_type kind) { worker->tasks().cancel(kind); }
    bool done() const { return worker->idle(); }

    std::shared_ptr<net::Connection> connection;
    FakeTransport* peer;  // the connection's
};

}  // namespace mini_redis::tests
