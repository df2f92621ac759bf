// What is cancelled besides sessions: a worker's round, accepting, hearing signals, shutting down.
#pragma once

#include "server/net/graceful_shutdown.hpp"
#include "server/net/listener.hpp"
#include "server/runtime/signals.hpp"
#include "tests/support/served.hpp"

#include <chrono>
#include <csignal>
#include <cstring>
#include <string>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <gtest/gtest.h>

namespace mini_redis::tests {

// What a worker does by itself.
class Housekeeping : public Served {
public:
    static constexpr std::size_t events = 3;

    explicit Housekeeping(Stepped& stepped) : Served(stepped), clock_(stepped.clock) {}

    runtime::awaitable<void> session() { return worker->keep_house(); }
    bool done() const { return false; }
    void event(std::size_t) { clock_.advance(std::chrono::milliseconds(100)); }
    std::string judge() const { return {}; }

private:
    runtime::ManualClock& clock_;
};

// A listener without a descriptor to spare: nobody who has come is lost.
class Accepting : public Served {
public:
    static constexpr std::size_t events = 4;

    explicit Accepting(Stepped& stepped) : Served(stepped), clock_(stepped.clock)
    {
        workers_.push_back(std::move(worker));
        config.port.assign("0");
        config.unixsocket.assign(path_);
        listener_ = std::make_unique<net::Listener>(workers_,
                                                    std::move(net::listen_all(config, {}).front()));
        for (int& descriptor : clients_) descriptor = ::socket(AF_UNIX, SOCK_STREAM, 0);
        ::getrlimit(RLIMIT_NOFILE, &limit_);
        const int next = ::dup(0);
        ::close(next);
        tight_ = {static_cast<rlim_t>(next), limit_.rlim_max};
    }
    ~Accepting() override
    {
        ::setrlimit(RLIMIT_NOFILE, &limit_);
        for (const int descriptor : clients_) ::close(descriptor);
        workers_.front()->shut_down(runtime::Phase::hard);
    }

    runtime::awaitable<void> session() { return listener_->run(); }
    bool done() const { return false; }
    void event(std::size_t number)
    {
        if (number == 0) ::setrlimit(RLIMIT_NOFILE, &tight_);
        // What else there is to do lets it be ready and not yet told.
        for (int i = 0; i < 2; ++i) workers_.front()->thread().post([] {});
        if (number < 2) connect(clients_[number]);
        if (number == 2) ::setrlimit(RLIMIT_NOFILE, &limit_);
        if (number >= 2) clock_.advance(std::chrono::seconds(2));
    }
    std::string judge()
    {
        const std::size_t load = workers_.front()->load();
        return load == 2 ? "" : "of 2 clients " + std::to_string(load) + " were accepted";
    }

private:
    void connect(int descriptor)
    {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        std::strncpy(address.sun_path, path_.c_str(), sizeof address.sun_path - 1);
        ::connect(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address);
    }

    const std::string path_ =
        testing::TempDir() + "mini-redis-accepting-" + std::to_string(::getpid());
    runtime::ManualClock& clock_;
    std::vector<std::unique_ptr<net::Worker>> workers_;
    std::unique_ptr<net::Listener> listener_;
    int clients_[2] = {};
    rlimit limit_{};
    rlimit tight_{};
};

// Signals that come while nobody may be listening.
class Signalled {
public:
    static constexpr std::size_t events = 2;

    explicit Signalled(Stepped& stepped)
        : stepped_(stepped), signals_(stepped.context(), {SIGUSR1}, [this](int) { ++heard_; })
    {
    }

    runtime::awaitable<void> session() { return signals_.obey(); }
    bool done() const { return false; }
    void event(std::size_t)
    {
        stepped_.thread().post([] {});  // lets it be ready and not yet told
        std::raise(SIGUSR1);
    }
    std::string judge() const
    {
        return heard_ == 2 ? "" : "of 2 signals " + std::to_string(heard_) + " were heard";
    }

private:
    Stepped& stepped_;
    runtime::Signals signals_;
    int heard_ = 0;
};

// The server's end, while a client has been heard and has not read: what it is owed it gets, and
// everything ends.
class ShuttingDown : public ServedClient {
public:
    static constexpr std::size_t events = 4;

    explicit ShuttingDown(Stepped& stepped) : ServedClient(stepped, {1000, 3}), stepped_(stepped)
    {
        worker->tasks().spawn("client", connection->run(connection));
        workers_.push_back(std::move(worker));
        shutdown_ = std::make_unique<net::GracefulShutdown>(workers_, [](runtime::Phase) {});
    }

    runtime::awaitable<void> session() { return shutdown_->run(); }
    void cancel(runtime::asio::cancellation_type) {}
    bool done() const { return home().load() == 0 && home().tasks().size() == 0; }
    void event(std::size_t number)
    {
        switch (number) {
            case 0:
                return peer->send("PING\r\n");
            case 1:
                return shutdown_->request();
            case 2:
                return stepped_.clock.advance(std::chrono::milliseconds(5));
            default:
                return peer->take(100);
        }
    }
    std::string judge()
    {
        for (int i = 0; i < 3; ++i) stepped_.advance(std::chrono::milliseconds(5));
        if (peer->received() != "+PONG\r\n") return "it was not answered";
        return done() ? "" : "it does not end";
    }

private:
    net::Worker& home() const { return *workers_.front(); }

    Stepped& stepped_;
    std::vector<std::unique_ptr<net::Worker>> workers_;
    std::unique_ptr<net::GracefulShutdown> shutdown_;
};

}  // namespace mini_redis::tests
