// The same client for code that may wait: each call returns when it is done.
//
//   BlockingClient client("redis://localhost");
//   client.set("greeting", "hello");
//   const Result<std::optional<std::string>> greeting = client.get("greeting");
//
// It has an io_context of its own, which runs while a call waits and at no other time. It belongs
// to one thread; only interrupt() may come from others. Nobody shares the connection, so that
// SELECT, MULTI and the like may be used; but a new connection knows of none of them, unless
// options() does. For SUBSCRIBE and MONITOR there is BlockingListener.
#pragma once

#include "client/client.hpp"
#include "client/own_context.hpp"

#include <deque>
#include <optional>
#include <string>
#include <string_view>

namespace mini_redis::client {

class BlockingClient : public Commands<BlockingClient> {
public:
    // Do not connect yet.
    explicit BlockingClient(Options options = {}, const Outside& outside = {});
    // Throws Failure if it is no URL.
    explicit BlockingClient(std::string_view url);
    ~BlockingClient();

    // Connects now, rather than with the first request. The error says what is wrong.
    Result<void> connect();
    // The next request connects again.
    void disconnect();
    // As far as it is known: a connection that was lost meanwhile is noticed by the next call.
    bool connected() const { return connection_->connected(); }
    protocol::Dialect dialect() const { return connection_->dialect(); }

    // Whom to connect to, and as whom: from the next connection on. request_timeout: from the next
    // request on, 0 for ever.
    Options& options() { return connection_->options(); }

    // Any command. An error reply is an Error with Errc::server and the reply's text.
    template <WordLike... Head>
    Result<Value> exec(const Head&... words)
    {
        return exec_any(Request(words...));
    }
    Result<Value> exec(Words words) { return exec_any(Request(words)); }
    Result<Replies> exec(const Pipeline& pipeline);
    Result<Outcome> exec(Transaction& transaction);
    template <class T>
    Result<T> request(const Request& request)
    {
        return own_.wait(Operation<T>(*connection_, request));
    }

    // The next message that answers no request (RESP3), in the order they came: an invalidation,
    // say. Nothing if none comes for so long, or when interrupted.
    std::optional<Value> next_push(std::chrono::milliseconds limit);
    // For poll(): readable when next_push() may find something. -1 while there is no connection.
    int descriptor() const { return connection_->descriptor(); }

    // From any thread or signal handler: the call that waits returns Errc::interrupted. The reply
    // to its request, should one come, is thrown away.
    void interrupt() noexcept { own_.interrupt(); }

private:
    Result<Value> exec_any(const Request& request);

    OwnContext own_;
    std::shared_ptr<Connection> connection_;
    std::deque<Value> pushes_;
};

}  // namespace mini_redis::client
