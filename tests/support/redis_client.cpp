// The calls an ordinary program makes: append, write, get a reply.
#include "tests/support/redis_client.hpp"

#include <fcntl.h>

namespace mini_redis::tests {
namespace {

constexpr timeval patience{.tv_sec = 10, .tv_usec = 0};

// hiredis 0.14 drops the type of a nil, so a null array comes back as a null bulk.
std::string bytes_of(const redisReply& reply)
{
    const std::string text = reply.str == nullptr ? "" : std::string(reply.str, reply.len);
    switch (reply.type) {
        case REDIS_REPLY_STATUS:
            return '+' + text + "\r\n";
        case REDIS_REPLY_ERROR:
            return '-' + text + "\r\n";
        case REDIS_REPLY_INTEGER:
            return ':' + std::to_string(reply.integer) + "\r\n";
        case REDIS_REPLY_STRING:
            return '$' + std::to_string(reply.len) + "\r\n" + text + "\r\n";
        case REDIS_REPLY_NIL:
            return "$-1\r\n";
        default:
            break;
    }
    std::string bytes = '*' + std::to_string(reply.elements) + "\r\n";
    for (std::size_t i = 0; i < reply.elements; ++i) bytes += bytes_of(*reply.element[i]);
    return bytes;
}

}  // namespace

RedisClient::RedisClient(std::uint16_t port)
    : RedisClient(redisConnectWithTimeout("127.0.0.1", port, patience))
{
}

RedisClient::RedisClient(const std::string& path)
    : RedisClient(redisConnectUnixWithTimeout(path.c_str(), patience))
{
}

RedisClient::RedisClient(redisContext* context) : context_(context)
{
    if (context_ == nullptr) throw ConnectionLost("no context");
    if (context_->err != 0) throw ConnectionLost(context_->errstr);
    redisSetTimeout(context_.get(), patience);
    ::fcntl(context_->fd, F_SETFD, FD_CLOEXEC);  // or a server started later keeps it open
}

void RedisClient::send(const Words& words)
{
    const auto bytes = encoded(words);
    redisAppendFormattedCommand(context_.get(), bytes.data(), bytes.size());
}

void RedisClient::flush()
{
    for (int done = 0; done == 0;)
        if (redisBufferWrite(context_.get(), &done) != REDIS_OK)
            throw ConnectionLost(context_->errstr);
}

std::string RedisClient::receive()
{
    return bytes_of(*receive_reply());
}

ReplyPtr RedisClient::receive_reply()
{
    void* reply = nullptr;
    if (redisGetReply(context_.get(), &reply) != REDIS_OK) throw ConnectionLost(context_->errstr);
    return ReplyPtr(static_cast<redisReply*>(reply));
}

ReplyPtr RedisClient::ask_reply(const Words& words)
{
    send(words);
    return receive_reply();
}

}  // namespace mini_redis::tests
