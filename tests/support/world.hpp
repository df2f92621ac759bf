// The real server on one thread, stepped by hand: for tests and for the book's programs.
//
// Clients are socket pairs, so nothing happens unless step() is called, and every run is the same.
#pragma once

#include "server/commands/families.hpp"
#include "server/net/worker.hpp"

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <sys/socket.h>
#include <unistd.h>

namespace mini_redis::tests {

class World final : public dispatch::Control {
public:
    // `more` are commands that the server does not have.
    explicit World(std::initializer_list<const dispatch::Family*> more = {})
    {
        for (const dispatch::Family* family : commands::families) catalogue_.add(*family);
        for (const dispatch::Family* family : more) catalogue_.add(*family);
        services_.threads.emplace_back(catalogue_.all().size(), 1);
        services_.hub.add_branch();
        worker_.emplace(services_, thread_, 0, 1);
    }

    // Lets the server do all it can do now; returns how many handlers ran.
    std::size_t step()
    {
        worker_->thread().context().restart();
        return worker_->thread().context().poll();
    }

    // What the server would do by itself ten times a second, and what follows from it.
    void next_round()
    {
        worker_->look_around();
        step();
    }

    // The clock moves only here.
    void advance(std::int64_t ms) { now_ms_ += ms; }

    net::Worker& worker() { return *worker_; }
    config::Config& config() { return config_; }
    const observability::Statistics& counted() const
    {
        return services_.threads.front().statistics;
    }

private:
    void shut_down(bool) override {}
    void run_in_background(std::function<void()> work) override { work(); }

    config::Config config_;
    dispatch::Catalogue catalogue_;
    keyspace::Keyspace keyspace_{16, keyspace::Keyspace::Use::by_one_thread};
    std::int64_t now_ms_ = 1'700'000'000'000;
    dispatch::Services services_{.config = config_,
                                 .catalogue = catalogue_,
                                 .keyspace = keyspace_,
                                 .control = *this,
                                 .clock = [this] { return now_ms_; }};
    runtime::IoThread thread_;
    std::optional<net::Worker> worker_;
};

// The other end of a connection.
class WorldClient {
public:
    explicit WorldClient(World& world) : world_(world)
    {
        int ends[2] = {};
        if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends) != 0)
            throw std::bad_alloc();
        descriptor_ = ends[0];
        world.worker().adopt({net::Descriptor(ends[1]), AF_UNIX, "client", "server"});
        world.step();
    }
    ~WorldClient() { ::close(descriptor_); }
    WorldClient(const WorldClient&) = delete;
    WorldClient& operator=(const WorldClient&) = delete;

    void send(std::string_view bytes)
    {
        if (::send(descriptor_, bytes.data(), bytes.size(), 0) < 0) throw std::bad_alloc();
    }

    // What has come back so far, `most` bytes of it.
    std::string receive(std::size_t most = std::string::npos)
    {
        std::string all;
        char bytes[4096];
        while (all.size() < most) {
            const ssize_t count =
                ::recv(descriptor_, bytes, std::min(sizeof bytes, most - all.size()), 0);
            if (count <= 0) break;
            all.append(bytes, static_cast<std::size_t>(count));
        }
        return all;
    }

    // Sends, lets the server work, receives: one round trip.
    std::string round_trip(std::string_view bytes)
    {
        send(bytes);
        world_.step();
        return receive();
    }

    // Says that nothing more will be sent.
    void half_close() { ::shutdown(descriptor_, SHUT_WR); }

    // Whether the server has closed, once everything it sent has been received.
    bool closed()
    {
        char byte = 0;
        return ::recv(descriptor_, &byte, 1, MSG_PEEK) == 0;
    }

private:
    World& world_;
    int descriptor_ = -1;
};

}  // namespace mini_redis::tests
