// The server of a simulation: workers that share one stepped thread, and clients on bad sockets.
#pragma once

#include "tests/simulation/model.hpp"
#include "tests/simulation/peer.hpp"
#include "tests/simulation/tap.hpp"
#include "tests/support/nobody.hpp"

#include <deque>
#include <memory>
#include <vector>

namespace mini_redis::tests {

class Scene : public dispatch::Control {
public:
    explicit Scene(std::size_t worker_count)
        : services{.config = config,
                   .catalogue = Tap::commands(),
                   .keyspace = keyspace,
                   .control = *this,
                   .clock = stepped.clock.time_of_day(),
                   .time = stepped.clock}
    {
        for (std::size_t i = 0; i < worker_count; ++i) {
            services.threads.emplace_back(Tap::commands().all().size(), 1);
            services.hub.add_branch();
        }
        for (std::size_t i = 0; i < worker_count; ++i)
            workers.push_back(
                std::make_unique<net::Worker>(services, stepped.thread(), i, worker_count));
        model.is_there = [this](std::uint64_t id) {
            return services.clients.with(id, [](const auto&) {});
        };
    }

    Peer& connect(std::size_t worker, FakeTransport::Quality quality)
    {
        Peer& peer =
            peers.emplace_back(stepped, *workers[worker],
                               std::make_unique<FakeTransport>(stepped.executor(), quality));
        peer.ledger = &model.enter(peer.session().id);
        return peer;
    }

    // What a counter is at, read past the network.
    std::int64_t value_of(std::string_view key)
    {
        services.pause.end();
        Nobody nobody;
        dispatch::Session session(0, nobody);
        session.authenticated = true;
        protocol::Batch batch;
        const std::string request = to_bytes({"GET", std::string(key)});
        protocol::RequestParser().parse(request, {}, 1, batch);
        protocol::Buffer buffer;
        protocol::Writer reply(buffer, protocol::Dialect::resp2);
        workers.front()->dispatcher().serve(session, batch, 0, reply);
        const std::string_view text = buffer.view();
        return text.starts_with("$-1") ? 0
                                       : std::stoll(std::string(text.substr(text.find('\n') + 1)));
    }

    Stepped stepped;
    config::Config config;
    keyspace::Keyspace keyspace{1, keyspace::Keyspace::Use::by_one_thread};
    dispatch::Services services;
    std::vector<std::unique_ptr<net::Worker>> workers;
    std::deque<Peer> peers;
    Model model;

private:
    void shut_down(bool) override {}
    void run_in_background(std::function<void()> work) override { work(); }
};

}  // namespace mini_redis::tests
