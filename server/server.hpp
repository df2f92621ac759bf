// The composition root: the one place that knows every part.
//
//   config::Config config;             // filled from flags, a file, or by a test
//   Server server(config);             // listens when this returns; server.port() says where
//   server.run();                      // serves until shut_down(), on this thread and its own
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <thread>
#include <vector>

#include "server/config/config.hpp"
#include "server/dispatch/services.hpp"
#include "server/net/listener.hpp"
#include "server/net/worker.hpp"

namespace mini_redis::server {

class Server final : public dispatch::Control {
public:
    // Throws std::runtime_error when it cannot listen where it should.
    explicit Server(config::Config& config);
    ~Server() override;

    // Returns when the server has shut down: every client was answered and has hung up, or the
    // deadline has passed, or shut_down(true) was asked for.
    void run();

    // From any thread, any number of times; `now` waits for nobody.
    void shut_down(bool now) override;
    void run_in_background(std::function<void()> work) override;

    std::uint16_t port() const { return services_.port; }
    dispatch::Services& services() { return services_; }

    // SIGTERM and SIGINT shut the server down, the second one at once. Before run().
    void obey_signals();

private:
    void apply_config();
    void make_workers();
    runtime::awaitable<void> wait_for_signals();
    runtime::awaitable<void> end_in_order();
    bool all_idle() const;
    void stop_all();
    template <class Function>
    void on_each_worker(Function function);

    config::Config& config_;
    dispatch::Catalogue catalogue_;
    keyspace::Keyspace keyspace_;
    dispatch::Services services_;
    std::vector<std::unique_ptr<net::Worker>> workers_;
    std::vector<std::unique_ptr<net::Listener>> listeners_;
    runtime::asio::thread_pool background_{1};
    std::unique_ptr<runtime::SignalSet> signals_;
    std::atomic<bool> ending_{false};
};

}  // namespace mini_redis::server
