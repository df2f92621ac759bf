// One client: a reader that serves what arrives, and a writer for what the kernel did not take.
//
//   socket -> inbox -> parser -> batch -> dispatcher -> scratch or outbox -> socket
//
// Everything that must survive a suspension lives here, not in a coroutine's frame; what happens
// between two suspensions is one synchronous step. The reader tries to write its replies at once.
// What the kernel does not take goes to the outbox, and only then is a writer started: it waits until
// the socket is writable, writes, and ends when the outbox is empty.
#pragma once

#include <memory>
#include <string>

#include "protocol/buffer.hpp"
#include "protocol/request_parser.hpp"
#include "server/dispatch/dispatcher.hpp"
#include "server/dispatch/session.hpp"
#include "server/net/inbox.hpp"
#include "server/runtime/asio.hpp"
#include "server/runtime/notify.hpp"

namespace mini_redis::net {

class Worker;

class Connection final : public std::enable_shared_from_this<Connection>, public dispatch::Link {
public:
    Connection(Worker& worker, runtime::Socket socket, std::uint64_t id);
    ~Connection() override;

    dispatch::Session& session() { return session_; }

    // The whole life of the connection, from the first byte to the closed socket.
    // Runs on: the worker's thread.  When cancelled: not cancellable; close it.  Fails: never.
    runtime::awaitable<void> run(std::shared_ptr<Connection> self);

    // From any thread.
    void close() override;
    void push(std::shared_ptr<const std::string> bytes) override;

    // From the worker's thread.
    void stop_reading();  // hear nothing more, answer what was heard, leave
    void close_now(std::string_view reason);
    // What the worker looks after ten times a second: deadlines, idleness, memory.
    void look_after(std::int64_t now_ms);

    // Bytes owed to the client.
    std::size_t owed() const { return outbox_.size(); }

    std::size_t index = 0;  // among the worker's connections

private:
    using Served = dispatch::Dispatcher::Served;

    runtime::awaitable<void> read_requests();
    runtime::awaitable<void> write_outbox(std::shared_ptr<Connection> self);
    runtime::awaitable<void> wait_while_paused();
    runtime::awaitable<void> say_goodbye();

    void serve_arrived();
    void parse_and_serve(protocol::Writer& reply);
    void serve(const protocol::Batch& batch, std::size_t from, protocol::Writer& reply);
    protocol::Limits limits() const;
    protocol::Buffer& reply_buffer();
    void send(protocol::Buffer& bytes);
    void start_writer();
    bool owes_too_much();
    void publish_sizes();
    void leave();  // the reader is to end once it has answered

    // Requests that were parsed but have to wait, with the bytes they are views into.
    struct Held {
        protocol::Batch batch;
        std::size_t next;
        std::size_t bytes;
        protocol::RequestParser::Progress progress;
    };

    Worker& worker_;
    runtime::Socket socket_;
    dispatch::Session session_;
    Inbox inbox_;
    protocol::RequestParser parser_;
    std::unique_ptr<Held> held_;
    protocol::Buffer outbox_;
    runtime::Notify written_;
    std::int64_t deadline_ms_ = 0;      // when it is closed if it has not gone by then; 0: never
    std::int64_t soft_limit_ms_ = 0;    // since when the outbox is above its soft limit
    bool leaving_ = false;
    bool broken_ = false;               // nothing more can be sent
    bool writing_ = false;
};

}  // namespace mini_redis::net
