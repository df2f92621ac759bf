// What is cancelled besides sessions: a worker's round, and accepting.
#pragma once

#include "server/net/listener.hpp"
#include "tests/support/served.hpp"

#include <chrono>
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
        workers_.front()->close_connections("the world ends");
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

}  // namespace mini_redis::tests
