// A network, a server and a clock that a test owns: everything happens in one io_context, which is
// stepped by hand.
//
// How bytes travel is the network's manner: how many at a time, with how many refusals before; and
// one try may be the one that fails. The server answers as bytes arrive, keeps count of what it
// executed, and says what it is told to.
#pragma once

#include "client/alarm.hpp"
#include "client/outside.hpp"
#include "client/transport.hpp"
#include "protocol/reply_parser.hpp"
#include "protocol/writer.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mini_redis::tests {

namespace asio = client::asio;
using client::awaitable;
using client::error_code;
using protocol::Value;

// A wait that ends when it is told to; the io_context holds who waits.
class Door {
public:
    explicit Door(const client::Executor& executor) : timer_(executor, client::never) {}
    awaitable<void> wait() { co_await timer_.async_wait(client::use_tuple); }
    void open() { timer_.cancel(); }

private:
    client::Timer timer_;
};

class ManualAlarm final : public client::Alarm {
public:
    // As long as it lives it is the one that is `known`, until there is another.
    ManualAlarm(const client::Executor& executor, const client::TimePoint& now, ManualAlarm*& known)
        : now_(now), known_(known), door_(executor)
    {
        known_ = this;
    }
    ~ManualAlarm() override
    {
        if (known_ == this) known_ = nullptr;
    }
    client::TimePoint now() const override { return now_; }
    void set(client::TimePoint when) override
    {
        when_ = when;
        look();
    }
    void look()
    {
        changed_ = true;
        door_.open();
    }
    awaitable<void> rung() override
    {
        if (!std::exchange(changed_, false) && now_ < when_) co_await door_.wait();
        changed_ = false;
    }

private:
    const client::TimePoint& now_;
    ManualAlarm*& known_;
    Door door_;
    client::TimePoint when_ = client::never;
    bool changed_ = false;
};

struct Manner {
    std::size_t read_max = 1 << 20;
    std::size_t write_max = 1 << 20;
    int refusals = 0;  // would_block, before each read and each write
    // The try, counted over reads and writes from 0, that fails, and with what.
    int fails_at = -1;
    error_code failure = asio::error::connection_reset;
};

// The server's end. A key's value is the key, twice: GET a is answered with "aa".
class FakeServer {
public:
    explicit FakeServer(bool knows_hello = true) : knows_hello_(knows_hello) {}

    // A client has connected, and the one before is gone.
    void accept()
    {
        ++connections;
        if (!parser_.idle()) ++half_heard;
        parser_ = {};
        outgoing.clear();
    }
    void hear(std::string_view bytes)
    {
        while (!bytes.empty()) {
            bytes.remove_prefix(parser_.feed(bytes));
            if (parser_.ready()) serve(parser_.take());
        }
    }

    std::string outgoing;                 // to the client
    std::map<std::string, int> executed;  // by words: "GET a"
    int connections = 0;
    int half_heard = 0;   // requests that broke off with their connection
    bool silent = false;  // executes, and does not answer
    // Answers instead, if it returns anything.
    std::function<std::string(const std::string& words)> answer;

private:
    void serve(const Value& request)
    {
        std::string words;
        for (const Value& word : request.children) words += (words.empty() ? "" : " ") + word.text;
        ++executed[words];
        if (silent) return;
        outgoing += reply_to(words, request);
    }
    std::string reply_to(const std::string& words, const Value& request)
    {
        if (answer)
            if (auto text = answer(words); !text.empty()) return text;
        const std::string& name = request.children[0].text;
        protocol::Buffer buffer;
        protocol::Writer out(buffer, protocol::Dialect::resp3);
        if (name == "HELLO" && knows_hello_) {
            out.map(1);
            out.bulk("proto");
            out.integer(3);
        } else if (name == "HELLO") {
            out.error("ERR unknown command `HELLO`, with args beginning with: `3`");
        } else if (name == "GET") {
            out.bulk(request.children[1].text + request.children[1].text);
        } else if (name == "INCR") {
            out.integer(executed[words]);
        } else if (name == "LRANGE") {
            out.array(2);
            out.bulk(request.children[1].text);
            out.bulk("second");
        } else if (name == "PING") {
            out.simple("PONG");
        } else {
            out.ok();
        }
        return std::string(buffer.view());
    }

    bool knows_hello_;
    protocol::ReplyParser parser_;
};

class FakeNetwork {
public:
    client::Outside outside()
    {
        return {
            .transport =
                [this](const client::Executor& executor) -> std::unique_ptr<client::Transport> {
                return std::make_unique<FakeTransport>(*this, executor);
            },
            .alarm = [this](const client::Executor& executor) -> std::unique_ptr<client::Alarm> {
                return std::make_unique<ManualAlarm>(executor, now_, alarm_);
            },
            .chance = [this] { return chance; }};
    }

    void advance(std::chrono::nanoseconds time)
    {
        now_ += time;
        if (alarm_ != nullptr) alarm_->look();
    }
    // The server says something by itself.
    void say(std::string_view bytes)
    {
        server.outgoing += bytes;
        wake();
    }
    // The server hangs up; what it said before is still heard.
    void hang_up()
    {
        ended_ = true;
        wake();
    }

    // From now on no byte is taken, or they are again.
    void hold_up(bool held_up)
    {
        held_up_ = held_up;
        if (open_ != nullptr && !held_up) open_->let_write();
    }

    FakeServer server;
    Manner manner;
    error_code refusal;  // of connections, while it is set
    double chance = 0.5;
    int tries = 0;
    int attempts = 0;
    int writes = 0;  // that took something

private:
    class FakeTransport final : public client::Transport {
    public:
        FakeTransport(FakeNetwork& network, const client::Executor& executor)
            : network_(network), executor_(executor), readable_(executor), writable_(executor)
        {
        }
        ~FakeTransport() override { close(); }

        awaitable<error_code> open(client::Address) override
        {
            closed_ = false;
            ++network_.attempts;
            co_await asio::post(executor_, client::use_tuple);
            if (closed_) co_return asio::error::operation_aborted;
            if (network_.refusal) co_return network_.refusal;
            network_.server.accept();
            network_.ended_ = false;
            network_.open_ = this;
            co_return error_code();
        }
        std::size_t read_some(asio::mutable_buffer room, error_code& error) override
        {
            std::string& from = network_.server.outgoing;
            if (refused(error, read_refusals_)) return 0;
            if (from.empty()) {
                error = network_.ended_ ? error_code(asio::error::eof) : asio::error::would_block;
                return 0;
            }
            const auto count = std::min({room.size(), from.size(), network_.manner.read_max});
            std::memcpy(room.data(), from.data(), count);
            from.erase(0, count);
            return count;
        }
        std::size_t write_some(asio::const_buffer bytes, error_code& error) override
        {
            if (refused(error, write_refusals_)) return 0;
            if (network_.held_up_) error = asio::error::would_block;
            if (error) return 0;
            const auto count = std::min(bytes.size(), network_.manner.write_max);
            ++network_.writes;
            network_.server.hear({static_cast<const char*>(bytes.data()), count});
            network_.wake();
            return count;
        }
        awaitable<void> readable() override
        {
            const bool quiet = network_.server.outgoing.empty() && !network_.ended_;
            if (!closed_ && quiet && !broken_)
                co_await readable_.wait();
            else
                co_await asio::post(executor_, client::use_tuple);
        }
        awaitable<void> writable() override
        {
            if (!closed_ && network_.held_up_)
                co_await writable_.wait();
            else
                co_await asio::post(executor_, client::use_tuple);
        }
        void close() override
        {
            closed_ = true;
            broken_ = false;
            if (network_.open_ == this) network_.open_ = nullptr;
            wake();
            let_write();
        }
        void wake() { readable_.open(); }
        void let_write() { writable_.open(); }

    private:
        bool refused(error_code& error, int& refusals)
        {
            error = {};
            if (closed_)
                error = asio::error::bad_descriptor;
            else if (broken_ || network_.tries++ == network_.manner.fails_at) {
                broken_ = true;
                error = network_.manner.failure;
            } else if (refusals < network_.manner.refusals) {
                ++refusals;
                error = asio::error::would_block;
                return true;
            }
            refusals = 0;
            return bool(error);
        }

        FakeNetwork& network_;
        client::Executor executor_;
        Door readable_;
        Door writable_;
        int read_refusals_ = 0;
        int write_refusals_ = 0;
        bool closed_ = true;
        bool broken_ = false;
    };

    void wake()
    {
        if (open_ != nullptr) open_->wake();
    }

    client::TimePoint now_{};
    ManualAlarm* alarm_ = nullptr;
    FakeTransport* open_ = nullptr;
    bool ended_ = false;
    bool held_up_ = false;
};

}  // namespace mini_redis::tests
