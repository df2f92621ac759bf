// One client: a reader that serves what arrives, and a writer for what the kernel did not take.
//
//   socket -> inbox -> parser -> batch -> dispatcher -> scratch or outbox -> socket
//
// Everything that must survive a suspension lives here, not in a coroutine's frame; what happens
// between two suspensions is one synchronous step. The reader tries to write its replies at once.
// What the kernel does not take goes to the outbox, and only then is a writer started: it waits
// until the socket is writable, writes, and ends when the outbox is empty. Its path is told in
// connection.cpp and sending.cpp, the ways it ends in farewell.cpp.
#pragma once

#include "protocol/buffer.hpp"
#include "protocol/request_parser.hpp"
#include "server/dispatch/dispatcher.hpp"
#include "server/dispatch/session.hpp"
#include "server/net/inbox.hpp"
#include "server/net/outbox.hpp"
#include "server/net/transport.hpp"
#include "server/observability/log.hpp"
#include "server/runtime/asio.hpp"
#include "server/runtime/notify.hpp"
#include "server/runtime/shutdown.hpp"
#include "server/runtime/timer_wheel.hpp"

#include <memory>
#include <string>

namespace mini_redis::net {

class Worker;

// Requests that were parsed, and which of them is to be run next.
struct Parsed {
    protocol::Batch batch;
    protocol::RequestParser::Progress progress;
    std::size_t next = 0;
};

class Connection final : public std::enable_shared_from_this<Connection>, public dispatch::Link {
public:
    // What a task of the connection holds, so that it lives as long as the task does.
    using Self = std::shared_ptr<Connection>;

    Connection(Worker& worker, std::unique_ptr<Transport> transport, std::uint64_t id);
    ~Connection() override;

    dispatch::Session& session() { return session_; }
    const dispatch::Session& session() const { return session_; }

    // The whole life of the connection, from the first byte to the closed socket.
    // Runs on: the worker's thread.  When cancelled: ends; run again, it goes on where it ended.
    // Fails: never.
    runtime::awaitable<void> run(Self self);

    // From any thread.
    void close() override;
    void push(std::shared_ptr<const std::string> bytes) override;
    void resume() noexcept override;
    std::size_t object_bytes() const override { return sizeof *this; }

    // From the worker's thread.
    void take(std::string_view head, const pubsub::SharedMessage& message) noexcept override;
    void flush() noexcept;  // tries to send what is owed
    // Takes notice of the worker's phase.
    void shut_down(runtime::Phase phase);
    // Ends it, whatever it is still owed.
    void close_now(std::string_view reason,
                   observability::LogLevel level = observability::LogLevel::verbose);
    // What the worker looks after ten times a second: deadlines, idleness, memory.
    void look_after(std::int64_t now_ms);

    // Bytes owed to the client.
    std::size_t owed() const { return outbox_.size(); }
    // What it is about, for who looks at it.
    std::string_view doing() const;
    // Whether all that was heard has been answered, and the kernel has taken it.
    bool drained() const { return drained_; }
    // Whether some of it is held back.
    bool holds_back() const { return held_ && !(held_->wait && held_->empty()); }

    std::uint32_t index = 0;     // among the worker's connections
    bool to_be_flushed = false;  // by the worker, soon
    bool withdrawn = false;      // from all where it could be found

private:
    using Served = dispatch::Dispatcher::Served;

    static constexpr std::size_t scratch_flush = 64 * 1024;  // written out before the next batch

    // Requests that cannot be run yet; their words are views into the inbox. A pause holds them
    // back, or they stand behind one that waits for a key.
    struct Held {
        Held(Parsed&& requests, Connection& connection)
            : parsed(std::move(requests)),
              timeout(runtime::Timeout::calling<&Connection::wait_no_longer>(connection))
        {
        }

        bool empty() const { return parsed.next == parsed.batch.requests.size(); }

        Parsed parsed;
        std::shared_ptr<dispatch::Wait> wait;  // null: it is a pause
        runtime::Timeout timeout;
    };

    // However the writer ends, the reader is told; what is left in the outbox stays there.
    struct Ending {
        Connection& connection;

        ~Ending() { connection.written(); }
    };

    runtime::awaitable<void> read_requests();
    runtime::awaitable<void> write_outbox(Self self);
    runtime::awaitable<void> wait_a_little();
    runtime::awaitable<void> say_goodbye();

    bool hear_and_serve();
    void hear_the_rest();
    bool deaf() const;
    bool has_to_wait() const;
    bool waits_for_key() const { return held_ && held_->wait; }
    bool still_waits();
    bool serve_answered();
    bool turn_is_over();
    void wait_no_longer();
    void heard(std::size_t count);
    void trace_heard(std::size_t count);
    void trace_what_is_left();
    void serve_held();
    void serve_arrived();
    void parse_and_serve(protocol::Writer& reply);
    Parsed& parse();
    Served serve(Parsed& parsed, protocol::Writer& reply);
    void hold(Parsed& parsed, std::shared_ptr<dispatch::Wait> wait);
    void send(protocol::Buffer& scratch);
    std::size_t write_some(Transport::Pieces pieces);
    void write_some_of_outbox();
    void start_writer();
    void written();
    void owe(std::string_view bytes);
    bool may_owe_more();
    void publish_sizes();

    void postpone_deadline();
    bool asks_too_much();
    config::BufferLimit output_limit() const;
    bool owes_too_much();
    bool owes_too_long();
    void close_debtor();
    void leave() { leaving_ = true; }  // the reader is to end once it has answered

    Worker& worker_;
    std::unique_ptr<Transport> transport_;
    dispatch::Session session_;
    Inbox inbox_;
    protocol::RequestParser parser_;
    std::unique_ptr<Held> held_;
    Outbox outbox_;
    runtime::Notify written_;
    protocol::Buffer* replies_ = nullptr;  // where they are being written, while they are
    std::int64_t deadline_ms_ = 0;         // when it is closed if it has not gone by then; 0: never
    std::int64_t soft_limit_ms_ = 0;       // since when the outbox is above its soft limit
    bool end_unseen_ = false;  // the last read may have left an end of the stream unseen
    bool ended_ = false;       // the client has said that it sends nothing more
    bool leaving_ = false;
    bool broken_ = false;  // nothing more can be sent
    bool writing_ = false;
    bool drained_ = false;
    std::uint8_t full_reads_ = 0;  // in this turn
};

}  // namespace mini_redis::net
