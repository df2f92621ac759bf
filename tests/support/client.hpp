// What a session needs of a client: to send words and to get one reply as the bytes it was.
// Two clients serve it: the wire client, which hears RESP2 and RESP3 exactly as sent, and hiredis,
// the client everybody uses, which speaks RESP2.
#pragma once

#include "tests/support/words.hpp"

#include <stdexcept>
#include <string>

namespace mini_redis::tests {

// The server hung up, or did not answer in time.
struct ConnectionLost : std::runtime_error {
    using std::runtime_error::runtime_error;
};

class Client {
public:
    virtual ~Client() = default;

    // Queues a command; it may leave at any time until flush() returns.
    virtual void send(const Words& words) = 0;
    virtual void flush() = 0;

    // The next reply. Throws ConnectionLost.
    virtual std::string receive() = 0;

    std::string ask(const Words& words)
    {
        send(words);
        flush();
        return receive();
    }
};

}  // namespace mini_redis::tests
