// Whom to connect to, and how: all that can be chosen, with its defaults.
#pragma once

#include "client/result.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace mini_redis::client {

struct Address {
    std::string host = "127.0.0.1";
    std::uint16_t port = 6379;
    std::string unix_path{};  // instead of host and port, unless it is empty
    bool tls = false;         // refused by SocketTransport; a Transport of yours may know how

    std::string text() const;  // "127.0.0.1:6379", for messages
    friend bool operator==(const Address&, const Address&) = default;
};

// What a Subscriber does when messages come faster than they are taken.
enum class Overflow : std::uint8_t {
    wait,  // stops reading: nothing is lost here, but the server may hang up on a slow reader
    drop,  // drops the newest and says so with a Gap in their place
};

struct Options {
    Address address{};
    std::string username{};     // "default" if only a password is given
    std::string password{};     // AUTH, unless both are empty
    int database = 0;           // SELECT, unless it is 0
    std::string client_name{};  // CLIENT SETNAME, unless it is empty
    bool resp3 = true;          // HELLO 3; what a server does not know, it need not: then RESP2

    std::chrono::milliseconds connect_timeout{5000};  // for one attempt; 0: none
    std::chrono::milliseconds request_timeout{0};     // 0: none. Operation::timeout() overrides it

    bool reconnect = true;  // when there is something to send again; after a pause
    int attempts_max = 5;   // failed in a row, until what waits is told so; 0: never
    std::chrono::milliseconds pause_first{50};  // the longest pause after the first failure,
    std::chrono::milliseconds pause_max{2000};  // which doubles up to this
    int retries_max = 3;                        // how often an idempotent request is sent again

    std::size_t queue_bytes_max = 16 << 20;     // unsent requests; then callers wait in line
    std::size_t messages_bytes_max = 16 << 20;  // received and not yet taken
    Overflow overflow = Overflow::wait;
};

// redis://[[user]:password@]host[:port][/database][?name=value&...]   rediss:// likewise, with TLS
// unix://[[user]:password@]path[?...]   redis+unix:// likewise
//
// Names: db, protocol (2 or 3), client_name, timeout_ms, connect_timeout_ms. Percent-encoding is
// understood everywhere. What is not understood is an error, never a default.
Result<Options> parse_url(std::string_view url);

}  // namespace mini_redis::client
