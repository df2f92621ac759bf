// Bytes to a server and back: the narrow interface behind which lies the network.
//
// To try and to wait are two things. A read or a write is tried at once and takes what it can; who
// has to wait, waits for nothing but to try again. So nothing is ever in flight while a task is
// suspended: cancelled at any point, it has lost nothing, and what is queued may still be changed.
//
// This is where TLS belongs: a Transport whose open() shakes hands, whose tries are SSL_read and
// SSL_write on the non-blocking socket, and whose waits are for what those said they want.
#pragma once

#include "client/asio.hpp"
#include "client/options.hpp"

namespace mini_redis::client {

class Transport {
public:
    virtual ~Transport() = default;

    // Connects, after it was made or closed.
    // Runs on: the client's executor.  When cancelled: not cancellable; close() ends it with an
    // error.  Fails: with what the network says.
    virtual awaitable<error_code> open(Address address) = 0;

    // Read or write what can be at once, at least one byte, and return how many; or set `error`:
    // asio::error::would_block, asio::error::eof, or what broke the connection.
    virtual std::size_t read_some(asio::mutable_buffer room, error_code& error) = 0;
    virtual std::size_t write_some(asio::const_buffer bytes, error_code& error) = 0;

    // Wait until there may be something to read, or room to write; or until it is closed. A hint.
    // Run on: the client's executor.  When cancelled: not cancellable; close().  Fail: never.
    virtual awaitable<void> readable() = 0;
    virtual awaitable<void> writable() = 0;

    // Ends the connection and whatever waits for it. May be called at any time.
    virtual void close() = 0;

    // For poll(): readable when there may be something to read. -1 if there is none.
    virtual int descriptor() const { return -1; }
};

}  // namespace mini_redis::client
