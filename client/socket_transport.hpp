// The transport that everybody uses: TCP, or a Unix socket.
//
// A peer that has gone without a word is noticed by the kernel: by keep-alive while nothing is
// under way, and by its limit for what was sent and not acknowledged.
#pragma once

#include "client/transport.hpp"

namespace mini_redis::client {

class SocketTransport final : public Transport {
public:
    explicit SocketTransport(const Executor& executor) : socket_(executor), resolver_(executor) {}

    awaitable<error_code> open(Address address) override;
    std::size_t read_some(asio::mutable_buffer room, error_code& error) override;
    std::size_t write_some(asio::const_buffer bytes, error_code& error) override;
    awaitable<void> readable() override;
    awaitable<void> writable() override;
    void close() override;
    int descriptor() const override;

private:
    awaitable<error_code> connect(asio::generic::stream_protocol::endpoint endpoint);
    void set_options(bool tcp);

    Socket socket_;
    Resolver resolver_;
    bool closed_ = true;
};

}  // namespace mini_redis::client
