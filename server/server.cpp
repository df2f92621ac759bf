// Putting the parts together, and taking them apart again.
#include "server/server.hpp"

#include "server/commands/families.hpp"
#include "server/net/listen.hpp"
#include "server/observability/log.hpp"
#include "server/observability/memory.hpp"

#include <chrono>
#include <csignal>
#include <random>
#include <sys/socket.h>

namespace mini_redis::server {
namespace asio = runtime::asio;
using runtime::awaitable;

namespace {

using Use = keyspace::Keyspace::Use;

std::string random_hex(std::size_t digits)
{
    std::random_device chance;
    std::string text;
    while (text.size() < digits) text += "0123456789abcdef"[chance() % 16];
    return text;
}

dispatch::Catalogue all_commands()
{
    dispatch::Catalogue catalogue;
    for (const dispatch::Family* family : commands::families) catalogue.add(*family);
    return catalogue;
}

}  // namespace

Server::Server(config::Config& config)
    : config_(config),
      catalogue_(all_commands()),
      keyspace_(static_cast<unsigned>(config.databases.get()),
                config.io_threads.get() == 1 ? Use::by_one_thread : Use::shared),
      services_{.config = config, .catalogue = catalogue_, .keyspace = keyspace_, .control = *this}
{
    services_.run_id = random_hex(40);
    services_.started_ms = services_.clock();
    apply_config();
    make_workers();
    for (const auto& [family, descriptor] : net::listen_all(config)) {
        listeners_.push_back(std::make_unique<net::Listener>(workers_, family, descriptor));
        if (services_.port == 0) services_.port = listeners_.back()->port();
    }
}

Server::~Server() = default;

// What is read where it is used needs nothing here; what is kept elsewhere is told of changes.
void Server::apply_config()
{
    const auto eviction = [this] {
        keyspace::EvictionRules& rules = keyspace_.eviction;
        rules.policy = static_cast<keyspace::EvictionPolicy>(config_.maxmemory_policy.get());
        rules.samples = static_cast<std::uint32_t>(config_.maxmemory_samples.get());
        rules.lfu_log_factor = static_cast<std::uint32_t>(config_.lfu_log_factor.get());
        rules.lfu_decay_minutes = static_cast<std::uint32_t>(config_.lfu_decay_time.get());
    };
    eviction();
    for (const config::Setting* setting :
         {static_cast<const config::Setting*>(&config_.maxmemory_policy),
          static_cast<const config::Setting*>(&config_.maxmemory_samples),
          static_cast<const config::Setting*>(&config_.lfu_log_factor),
          static_cast<const config::Setting*>(&config_.lfu_decay_time)})
        config_.on_change(*setting, eviction);
    config_.on_change(config_.slowlog_max_len, [this] {
        services_.slow_log.keep_at_most(static_cast<std::size_t>(config_.slowlog_max_len.get()));
    });
}

void Server::make_workers()
{
    const auto count = static_cast<std::size_t>(config_.io_threads.get());
    std::random_device chance;
    for (std::size_t i = 0; i < count; ++i)
        services_.threads.emplace_back(catalogue_.all().size(),
                                       chance() | std::uint64_t{chance()} << 32);
    for (std::size_t i = 0; i < count; ++i)
        workers_.push_back(std::make_unique<net::Worker>(services_, i, count));
}

void Server::run()
{
    std::vector<std::thread> threads;
    const auto work = [](net::Worker& worker) {
        observability::count_memory_of_this_thread();
        worker.tasks().spawn("keep house", worker.keep_house());
        worker.thread().run();
    };
    asio::post(background_, observability::count_memory_of_this_thread);
    for (std::size_t i = 1; i < workers_.size(); ++i)
        threads.emplace_back(work, std::ref(*workers_[i]));

    net::Worker& first = *workers_.front();
    first.thread().post([this, &first] {
        for (const auto& listener : listeners_) first.tasks().spawn("listen", listener->run());
    });
    work(first);
    for (std::thread& thread : threads) thread.join();
    background_.join();
}

void Server::obey_signals()
{
    net::Worker& first = *workers_.front();
    signals_ = std::make_unique<runtime::SignalSet>(first.thread().context(), SIGINT, SIGTERM);
    first.tasks().spawn("signals", wait_for_signals());
}

awaitable<void> Server::wait_for_signals()
{
    for (bool again = false;; again = true) {
        const auto [error, number] = co_await signals_->async_wait(runtime::use_tuple);
        if (error) co_return;
        observability::log_notice("received {}, {}", number == SIGINT ? "SIGINT" : "SIGTERM",
                                  again ? "again: stopping at once" : "shutting down");
        shut_down(again);
    }
}

void Server::shut_down(bool now)
{
    net::Worker& first = *workers_.front();
    first.thread().post([this, &first, now] {
        const bool already = ending_.exchange(true);
        if (now) {
            on_each_worker(
                [](net::Worker& worker) { worker.close_connections("the server stops at once"); });
        }
        if (!already) first.tasks().spawn("end in order", end_in_order());
    });
}

// Nobody new, no new requests, what was received is answered and sent; then the threads stop.
awaitable<void> Server::end_in_order()
{
    for (const auto& listener : listeners_) listener->stop();
    on_each_worker([](net::Worker& worker) { worker.stop_reading(); });

    using Clock = std::chrono::steady_clock;
    const auto deadline = Clock::now() + std::chrono::seconds(config_.shutdown_timeout.get());
    runtime::Timer timer(workers_.front()->thread().executor());
    while (!all_idle()) {
        if (Clock::now() >= deadline)
            on_each_worker([](net::Worker& worker) {
                worker.close_connections("the shutdown's deadline has passed");
            });
        timer.expires_after(std::chrono::milliseconds(5));
        co_await timer.async_wait(runtime::use_tuple);
    }
    observability::log_notice("all clients have left, bye");
    stop_all();
}

bool Server::all_idle() const
{
    for (const auto& worker : workers_)
        if (worker->load() != 0) return false;
    return true;
}

void Server::stop_all()
{
    for (const auto& worker : workers_) worker->thread().stop();
}

template <class Function>
void Server::on_each_worker(Function function)
{
    for (const auto& worker : workers_)
        worker->thread().post([function, &target = *worker] { function(target); });
}

void Server::run_in_background(std::function<void()> work)
{
    asio::post(background_, std::move(work));
}

}  // namespace mini_redis::server
