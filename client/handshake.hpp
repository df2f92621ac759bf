// The greeting of a new connection: RESP3 by HELLO, or RESP2 where that is not known; who we are;
// which database. Bytes out, replies in, no I/O.
#pragma once

#include "client/options.hpp"
#include "protocol/buffer.hpp"
#include "protocol/value.hpp"
#include "protocol/wire.hpp"

#include <cstdint>
#include <deque>
#include <optional>

namespace mini_redis::client {

class Handshake {
public:
    explicit Handshake(const Options& options);

    // What is to be sent; it may grow with each reply.
    protocol::Buffer& outgoing() { return outgoing_; }
    void take(const protocol::Value& reply);

    // Every reply has come, or the server refuses.
    bool done() const { return refusal_ || awaited_.empty(); }
    const std::optional<Error>& refusal() const { return refusal_; }
    protocol::Dialect dialect() const { return dialect_; }

private:
    enum class Step : std::uint8_t { hello, login, name, select };

    void say_hello();
    void introduce();
    void log_in();
    void say_name();
    void select();
    void refuse(const protocol::Value& reply);

    const Options& options_;
    protocol::Buffer outgoing_;
    std::deque<Step> awaited_;
    bool fall_back_ = false;
    std::optional<Error> refusal_;
    protocol::Dialect dialect_ = protocol::Dialect::resp2;
};

}  // namespace mini_redis::client
