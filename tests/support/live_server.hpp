// A real server on threads of its own, on a port that was free, with a clock that can be wound.
//
//   LiveServer server{{"io-threads", "2"}};
//   RawClient client(server.port());
//   EXPECT_EQ(client.ask("PING\r\n"), "+PONG\r\n");
#pragma once

#include "server/observability/log.hpp"
#include "server/server.hpp"
#include "tests/support/patience.hpp"

#include <atomic>
#include <chrono>
#include <initializer_list>
#include <string>
#include <string_view>
#include <thread>
#include <unistd.h>
#include <utility>

#include <gtest/gtest.h>

namespace mini_redis::tests {

// The path of a file that is this process' own.
inline std::string own_path(std::string_view what)
{
    return testing::TempDir() + "mini-redis-" + std::to_string(::getpid()) + "-" +
           std::string(what);
}

class LiveServer {
public:
    using Settings = std::initializer_list<std::pair<const char*, const char*>>;

    LiveServer(Settings settings = {}) : config_(with(settings)), server_(*config_)  // NOLINT
    {
        server_.services().clock = [this] { return runtime::unix_milliseconds() + wound_ms_; };
        thread_ = std::thread([this] {
            server_.run();
            ended_ = true;
        });
    }
    ~LiveServer() { stop(true); }
    LiveServer(const LiveServer&) = delete;
    LiveServer& operator=(const LiveServer&) = delete;

    std::uint16_t port() const { return server_.port(); }
    server::Server& operator*() { return server_; }
    server::Server* operator->() { return &server_; }
    std::size_t clients() { return server_.services().clients.count(); }
    void wind(std::chrono::milliseconds time) { wound_ms_ += time.count(); }

    // What CONFIG SET does.
    config::Error set(std::string_view name, std::string_view value)
    {
        const config::Config::Assignment assignment[] = {{name, value}};
        return config_->set(assignment);
    }

    // The sum over all threads.
    std::uint64_t counted(runtime::Counter observability::Statistics::* counter)
    {
        std::uint64_t sum = 0;
        for (const dispatch::ThreadCounts& thread : server_.services().threads)
            sum += (thread.statistics.*counter).get();
        return sum;
    }

    bool ended() const { return ended_; }
    void stop(bool now)
    {
        server_.shut_down(now);
        if (thread_.joinable()) thread_.join();
    }

private:
    static std::unique_ptr<config::Config> with(Settings settings)
    {
        auto config = std::make_unique<config::Config>();
        for (const auto& [name, value] : {std::pair{"port", "0"},
                                          {"hz", "100"},
                                          {"bind", "127.0.0.1"},
                                          {"loglevel", "warning"}})
            config->find(name)->assign(value);
        for (const auto& [name, value] : settings)
            EXPECT_EQ(config->find(name)->assign(value), std::nullopt) << name << ' ' << value;
        observability::set_log_level(static_cast<observability::LogLevel>(config->loglevel.get()));
        return config;
    }

    std::unique_ptr<config::Config> config_;
    std::atomic<std::int64_t> wound_ms_{0};
    std::atomic<bool> ended_{false};
    server::Server server_;
    std::thread thread_;
};

}  // namespace mini_redis::tests
