// The composition root: the one place that knows every part.
//
//   config::Config config;             // filled from flags, a file, or by a test
//   Server server(config);             // listens when this returns; server.port() says where
//   server.run();                      // serves until shut_down(), on this thread and its own
#pragma once

#include "server/admin/observers.hpp"
#include "server/config/config.hpp"
#include "server/dispatch/services.hpp"
#include "server/net/graceful_shutdown.hpp"
#include "server/net/listener.hpp"
#include "server/net/worker.hpp"
#include "server/runtime/signals.hpp"
#include "server/runtime/worker_pool.hpp"
#include "server/tracing/exporter.hpp"
#include "server/windows.hpp"

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace mini_redis::server {

class Server final : public dispatch::Control {
public:
    // Throws std::runtime_error when it cannot listen where it should. `config` must outlive it.
    explicit Server(config::Config& config);
    ~Server() override;

    // Returns when the server has shut down: what every client had sent was answered and taken, or
    // the deadline has passed, or shut_down(true) was asked for. The log says what was lost.
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
    void allow_clients();
    void make_workers();
    void listen();
    void listen_to(std::vector<net::Listening> wanted);
    void obey_signal(int number);
    void welcome_observers();
    void trace();

    config::Config& config_;
    dispatch::Catalogue catalogue_;
    keyspace::Keyspace keyspace_;
    dispatch::Services services_;
    std::deque<runtime::IoThread> threads_;
    std::vector<std::unique_ptr<net::Worker>> workers_;      // one on each thread
    std::vector<std::string> listening_on_;                  // by whoever changes the config
    std::vector<std::unique_ptr<net::Listener>> listeners_;  // by the first thread
    runtime::WorkerPool background_;
    std::unique_ptr<net::GracefulShutdown> shutdown_;  // by the first thread
    std::unique_ptr<runtime::Signals> signals_;
    Windows windows_;
    std::unique_ptr<admin::Observers> observers_;  // none without admin-port
    std::unique_ptr<tracing::Exporter> exporter_;  // none where traces have nowhere to go
};

}  // namespace mini_redis::server
