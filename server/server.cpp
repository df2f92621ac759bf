// Putting the parts together, and taking them apart again.
#include "server/server.hpp"

#include "server/banner.hpp"
#include "server/commands/families.hpp"
#include "server/config/version.hpp"
#include "server/net/listen.hpp"
#include "server/observability/log.hpp"
#include "server/observability/memory.hpp"
#include "server/open_files.hpp"
#include "server/tracing/chrome_file.hpp"
#include "server/tracing/collector.hpp"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <random>
#include <stdexcept>

namespace mini_redis::server {

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

// What the server itself has open: logs and listeners, and what each thread waits with.
std::uint64_t files_of_our_own(const config::Config& config)
{
    return 32 + 4 * static_cast<std::uint64_t>(config.io_threads.get());
}

// As many clients as are asked for, or as the system allows.
std::uint64_t clients_possible(const config::Config& config)
{
    const std::uint64_t own = files_of_our_own(config);
    const auto wanted = static_cast<std::uint64_t>(config.maxclients.get());
    const std::uint64_t files = allow_open_files(wanted + own);
    return files > own ? std::min(wanted, files - own) : 0;
}

}  // namespace

Server::Server(config::Config& config)
    : config_(config),
      catalogue_(all_commands()),
      keyspace_(static_cast<unsigned>(config.databases.get()),
                config.io_threads.get() == 1 ? Use::by_one_thread : Use::shared),
      services_{.config = config, .catalogue = catalogue_, .keyspace = keyspace_, .control = *this},
      windows_(workers_, services_, shutdown_)
{
    services_.run_id = random_hex(40);
    services_.started_ms = services_.clock();
    apply_config();
    allow_clients();
    announce(config_);
    keyspace_.free_elsewhere = [this](keyspace::OwnedEntry entry) {
        run_in_background(
            [owner = std::make_shared<keyspace::OwnedEntry>(std::move(entry))] { owner->reset(); });
    };
    make_workers();
    shutdown_ = std::make_unique<net::GracefulShutdown>(workers_, [this](runtime::Phase phase) {
        if (phase == runtime::Phase::not_accepting)
            for (const auto& listener : listeners_) listener->stop();
        if (observers_) observers_->look_again();
    });
    listen();
    welcome_observers();
    trace();
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
    config_.on_change(config_.loglevel, [this] {
        observability::set_log_level(static_cast<observability::LogLevel>(config_.loglevel.get()));
    });
    const auto listen_again = [this](const char* trouble) -> config::Error {
        try {
            listen();
            return {};
        } catch (const std::runtime_error& error) {
            observability::log_warning("{}", error.what());
            return trouble;
        }
    };
    config_.on_change(config_.bind, [listen_again] {
        return listen_again("Failed to bind to specified addresses.");
    });
    config_.on_change(config_.port, [listen_again] {
        return listen_again("Unable to listen on this port. Check server logs.");
    });
    config_.on_change(config_.maxclients, [this]() -> config::Error {
        const std::uint64_t possible = clients_possible(config_);
        if (possible >= static_cast<std::uint64_t>(config_.maxclients.get())) return {};
        return "The operating system is not able to handle the specified number of clients, try "
               "with " +
               std::to_string(possible);
    });
}

void Server::allow_clients()
{
    const auto wanted = static_cast<std::uint64_t>(config_.maxclients.get());
    const std::uint64_t possible = clients_possible(config_);
    if (possible >= wanted) return;
    if (possible == 0) throw std::runtime_error("the limit of open files (ulimit -n) is too low");
    observability::log_warning("maxclients is {} instead of {}: the limit of open files is too low",
                               possible, wanted);
    config_.maxclients.assign(std::to_string(possible));
}

void Server::make_workers()
{
    const auto count = static_cast<std::size_t>(config_.io_threads.get());
    std::random_device chance;
    for (std::size_t i = 0; i < count; ++i) {
        services_.threads.emplace_back(catalogue_.all().size(),
                                       chance() | std::uint64_t{chance()} << 32);
        services_.hub.add_branch();
    }
    for (std::size_t i = 0; i < count; ++i)
        workers_.push_back(
            std::make_unique<net::Worker>(services_, threads_.emplace_back(), i, count));
}

// At the start, and when `bind` or `port` has changed: what is listened on already stays.
// Book: files-and-names/names. A server that begins may wait for a name: nobody waits for it yet.
void Server::listen()
{
    std::vector<net::Listening> wanted = net::listen_all(config_, listening_on_);
    listening_on_.clear();
    std::uint16_t port = 0;
    for (const net::Listening& listening : wanted) {
        if (listening.descriptor.get() >= 0)
            observability::log_notice("listening on {}", listening.where);
        listening_on_.push_back(listening.where);
        if (port == 0) port = listening.port;
    }
    services_.port = port;
    workers_.front()->thread().post(
        [this, wanted = std::move(wanted)]() mutable { listen_to(std::move(wanted)); });
}

// One that is stopped stays, because its task may still have to notice.
void Server::listen_to(std::vector<net::Listening> wanted)
{
    if (shutdown_->requested()) return;
    for (const auto& listener : listeners_)
        if (std::ranges::count(wanted, listener->where(), &net::Listening::where) == 0)
            listener->stop();
    for (net::Listening& listening : wanted) {
        if (listening.descriptor.get() < 0) continue;
        listeners_.push_back(std::make_unique<net::Listener>(workers_, std::move(listening)));
        workers_.front()->tasks().spawn("listen", listeners_.back()->run());
    }
}

// After all that can go wrong: a second server on this port is not to spoil the first one's file.
void Server::trace()
{
    const std::string file = config_.tracing_file.get();
    const std::string collector = config_.tracing_collector.get();
    if (file.empty() && collector.empty()) return;
    std::vector<observability::Tracer*> tracers;
    std::random_device chance;
    const std::uint64_t run = chance() | std::uint64_t{chance()} << 32;
    for (dispatch::ThreadCounts& thread : services_.threads) {
        thread.tracer.begin(static_cast<std::uint32_t>(tracers.size()), run, services_.time);
        tracers.push_back(&thread.tracer);
    }
    exporter_ = std::make_unique<tracing::Exporter>(std::move(tracers));
    if (!file.empty())
        exporter_->add(std::make_unique<tracing::ChromeFile>(
            file, services_.threads.size(), services_.threads.front().tracer.now_ns()));
    if (!collector.empty())
        exporter_->add(std::make_unique<tracing::Collector>(exporter_->executor(),
                                                            tracing::read_address(collector),
                                                            config::version, services_.run_id));
}

void Server::welcome_observers()
{
    const auto port = static_cast<std::uint16_t>(config_.admin_port.get());
    if (port == 0) return;
    std::vector<runtime::Descriptor> listening;
    const bool guarded = !config_.admin_token.get().empty();
    for (net::Listening& one : net::listen_at(config_.admin_bind.get(), port, 128)) {
        if (!guarded && !one.local)
            throw std::runtime_error("admin-bind reaches beyond this machine: set admin-token");
        observability::log_notice("observers are served on http://{}", one.where);
        listening.push_back(std::move(one.descriptor));
    }
    observers_ = std::make_unique<admin::Observers>(
        windows_, admin::Rules{config_.admin_hosts.get(), config_.admin_token.get()},
        std::move(listening));
}

void Server::run()
{
    observability::log_notice("ready; it is stopped by Ctrl-C, SIGTERM or the command SHUTDOWN");
    // Book: concurrency/threads. Every thread runs a loop of its own, and they share no task.
    const auto work = [](net::Worker& worker) {
        observability::count_memory_of_this_thread();
        worker.tasks().spawn("keep house", worker.keep_house());
        worker.thread().run();
    };
    run_in_background(observability::count_memory_of_this_thread);
    workers_.front()->tasks().spawn("shut down", shutdown_->run());
    if (observers_) observers_->start();
    if (exporter_) exporter_->start();
    std::vector<std::thread> threads;
    for (std::size_t i = 1; i < workers_.size(); ++i)
        threads.emplace_back(work, std::ref(*workers_[i]));
    work(*workers_.front());
    // Book: workers/at-the-end. Who is asked is joined after all who may ask.
    for (std::thread& thread : threads) thread.join();
    background_.join();
    if (observers_) observers_->stop();
    shutdown_->report();
    if (exporter_) exporter_->stop();
}

void Server::obey_signals()
{
    net::Worker& first = *workers_.front();
    signals_ = std::make_unique<runtime::Signals>(first.thread().context(),
                                                  std::initializer_list<int>{SIGINT, SIGTERM},
                                                  [this](int number) { obey_signal(number); });
    first.tasks().spawn("signals", signals_->obey());
}

void Server::obey_signal(int number)
{
    const bool again = shutdown_->requested();
    observability::log_notice("received {}, {}", number == SIGINT ? "SIGINT" : "SIGTERM",
                              again ? "again: stopping at once" : "shutting down");
    shut_down(again);
}

void Server::shut_down(bool now)
{
    workers_.front()->thread().post([this, now] {
        shutdown_->request();
        if (now) shutdown_->force();
    });
}

void Server::run_in_background(std::function<void()> work)
{
    workers_.front()->thread().post([this, work = std::move(work)]() mutable {
        workers_.front()->tasks().spawn("work in the background", background_.run(std::move(work)));
    });
}

}  // namespace mini_redis::server
