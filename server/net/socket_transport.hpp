// The transport that is a socket: TCP or Unix.
#pragma once

#include "server/net/transport.hpp"
#include "server/runtime/readable.hpp"

namespace mini_redis::net {

class SocketTransport final : public Transport {
public:
    // The socket does not block. `over_network`: what it sends takes a while to be delivered.
    SocketTransport(runtime::Socket socket, bool over_network);

    std::size_t read_some(runtime::asio::mutable_buffer room, runtime::error_code& error) override;
    std::size_t write_some(Pieces pieces, runtime::error_code& error) override;
    runtime::awaitable<runtime::Ended> readable() override;
    runtime::awaitable<runtime::Ended> writable() override;
    void wake() override;
    void announce_end() override;
    void close() override;
    bool is_open() const override { return socket_.is_open(); }
    std::size_t arrived() override;
    bool delivered() override;
    bool hung_up() override;

private:
    runtime::Socket socket_;
    runtime::Readable readable_;
    bool over_network_;
};

}  // namespace mini_redis::net
