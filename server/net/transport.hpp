// What a connection asks of its socket, and no more: so that a test can hand in a worse one.
//
// Nothing here waits but the two waits, and nothing is in flight while they do: they are hints, and
// what follows them tells what there is. So nothing can be lost when one is cancelled.
#pragma once

#include "server/runtime/asio.hpp"

#include <cstddef>
#include <span>

namespace mini_redis::net {

class Transport {
public:
    using Pieces = std::span<const runtime::asio::const_buffer>;

    virtual ~Transport() = default;

    // As read(2) and writev(2) of a socket that does not block: `error` is would_block when nothing
    // could be done, eof when the other side sends nothing more.
    virtual std::size_t read_some(runtime::asio::mutable_buffer room,
                                  runtime::error_code& error) = 0;
    virtual std::size_t write_some(Pieces pieces, runtime::error_code& error) = 0;

    // Until there may be something to read, or room to write, or the transport is woken or closed.
    // One of each at a time.
    // Runs on: the connection's thread.  When cancelled: ends, nothing is lost.  Fails: never.
    // Book: interfaces/contract. The type says what is waited for, the comment how it may end.
    virtual runtime::awaitable<runtime::Ended> readable() = 0;
    virtual runtime::awaitable<runtime::Ended> writable() = 0;
    // Ends both waits.
    virtual void wake() = 0;

    // Says that nothing more will be sent.
    virtual void announce_end() = 0;
    virtual void close() = 0;
    virtual bool is_open() const = 0;

    // Bytes that can be read at once.
    virtual std::size_t arrived() = 0;
    // Whether the other machine has all that was sent, our end included.
    virtual bool delivered() = 0;
    // Whether the other side has announced its end, behind whatever it sent before.
    virtual bool hung_up() = 0;
};

}  // namespace mini_redis::net
