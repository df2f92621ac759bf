// A client that adds and takes nothing: bytes out, and replies in as the bytes they were.
// While it writes it also reads, so that a pipeline of any length cannot lock both sides up.
#pragma once

#include "tests/support/client.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace mini_redis::tests {

class WireClient final : public Client {
public:
    // To loopback. `reply_limit` is how long a reply may take. Throws std::system_error.
    explicit WireClient(std::uint16_t port,
                        std::chrono::milliseconds reply_limit = std::chrono::seconds(10));
    // To a Unix socket.
    explicit WireClient(const std::string& path,
                        std::chrono::milliseconds reply_limit = std::chrono::seconds(10));
    WireClient(const WireClient&) = delete;
    WireClient& operator=(const WireClient&) = delete;
    ~WireClient() override;

    void send(const Words& words) override { send_raw(encoded(words)); }
    void send_raw(std::string_view bytes) { output_ += bytes; }
    void flush() override;
    std::string receive() override;

    // True when the server hangs up before another byte arrives; false when it says something
    // or stays silent for as long as that limit lasts.
    bool closed_by_server();

private:
    void connect_to(const void* address, unsigned size, int family);
    void wait_for(short events);
    bool read_some();
    void write_some();

    int socket_ = -1;
    std::chrono::milliseconds patience_;
    std::string output_;
    std::size_t sent_ = 0;
    std::string input_;
    std::size_t taken_ = 0;
};

}  // namespace mini_redis::tests
