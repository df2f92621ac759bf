// A client of a Redis server, for many coroutines of one io_context at once.
//
//   asio::awaitable<void> hello(asio::any_io_executor) ...
//       Client client(context, parse_url("redis://localhost").value());
//       co_await client.set("greeting", "hello");
//       const auto greeting = co_await client.get("greeting");
//
// All share one connection, and what they ask for in one round of the event loop leaves in one
// write. It connects with the first request, and again when the connection was lost and there is
// something to be sent. A request that was never written is sent then; one that was written and not
// answered fails, for it may have been executed, unless it is marked idempotent().
//
// It belongs to one thread, that of its io_context, which it keeps at work while it is connected;
// close() or the destructor end that. A command that blocks (BLPOP) has everybody wait: give it a
// client of its own.
#pragma once

#include "client/commands.hpp"
#include "client/connection.hpp"
#include "client/operation.hpp"
#include "client/pipeline.hpp"

#include <memory>

namespace mini_redis::client {

class Subscriber;
class Watch;

class Client : public Commands<Client> {
public:
    // Does not connect yet.
    explicit Client(asio::io_context& context, Options options = {}, const Outside& outside = {})
        : Client(context.get_executor(), std::move(options), outside)
    {
    }
    explicit Client(const Executor& executor, Options options = {}, const Outside& outside = {});
    // What waits fails.
    ~Client();
    Client(Client&&) noexcept = default;
    Client& operator=(Client&&) = delete;

    // Connects, and sees that the server answers. Without it, the first request does.
    Operation<void> connect() { return ask<void>("PING"); }
    // Answers what waits, takes nothing more, and disconnects.
    Operation<void> close();

    // Any command: exec("OBJECT", "ENCODING", key). What would change the connection that others
    // share (SELECT, SUBSCRIBE, MULTI, ...) is refused.
    template <WordLike... Head>
    Operation<Value> exec(const Head&... words)
    {
        return exec_any(Request(words...));
    }
    Operation<Value> exec(Words words) { return exec_any(Request(words)); }
    Operation<Replies> exec(const Pipeline& pipeline)
    {
        return request<Replies>(pipeline.request());
    }
    Operation<Outcome> exec(Transaction& transaction)
    {
        return request<Outcome>(transaction.request());
    }
    template <class T>
    Operation<T> request(const Request& request)
    {
        return {*connection_, request};
    }

    // A connection of its own on which keys are watched: what is done in a transaction there is
    // done only if none of them has changed.
    Watch watch() const;
    // The client becomes a subscriber: what waits is answered, and nothing more is asked.
    Subscriber subscribe() &&;

    // Messages that answer no request (RESP3): invalidations, say. Called as they arrive.
    void on_push(std::function<void(Value&&)> sink) { connection_->on_push(std::move(sink)); }

    bool connected() const { return connection_->connected(); }
    Executor executor() const { return connection_->executor(); }
    const Options& options() const { return connection_->options(); }

private:
    Operation<Value> exec_any(const Request& request);

    std::shared_ptr<Connection> connection_;
};

}  // namespace mini_redis::client
