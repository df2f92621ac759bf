// hiredis' blocking context with an owner: the client that ordinary programs use.
// Its replies are given back as RESP2 bytes, so that it can stand wherever the wire client can.
#pragma once

#include "tests/support/client.hpp"

#include <cstdint>
#include <memory>
#include <string>

#include <hiredis/hiredis.h>

namespace mini_redis::tests {

struct FreeReply {
    void operator()(redisReply* reply) const { freeReplyObject(reply); }
};
using ReplyPtr = std::unique_ptr<redisReply, FreeReply>;

class RedisClient final : public Client {
public:
    // To loopback, or to a Unix socket. Throws ConnectionLost.
    explicit RedisClient(std::uint16_t port);
    explicit RedisClient(const std::string& path);

    void send(const Words& words) override;
    void flush() override;
    std::string receive() override;

    // hiredis' own view of the next reply. Throws ConnectionLost with hiredis' error text.
    ReplyPtr receive_reply();
    ReplyPtr ask_reply(const Words& words);

private:
    struct FreeContext {
        void operator()(redisContext* context) const { redisFree(context); }
    };
    explicit RedisClient(redisContext* context);

    std::unique_ptr<redisContext, FreeContext> context_;
};

}  // namespace mini_redis::tests
