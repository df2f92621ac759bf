// The link to the server: words out, replies in. The one place of the program that knows the
// network, by the library's Transport.
//
// Not by its clients, for a person's connection is not one that many share: a login that was
// refused leaves it open, SUBSCRIBE turns it round, --pipe sends what is no request. And it waits
// in poll(), for the server and for Ctrl-C together. It knows nothing of what the words mean: who
// logs in, selects and asks again is the Session.
#pragma once

#include "client/cli/words.hpp"
#include "client/options.hpp"
#include "protocol/buffer.hpp"
#include "protocol/reply_parser.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace mini_redis::cli {

class Interrupt;

// What came instead of a reply.
struct Break {
    enum class Cause : unsigned char {
        closed,       // the server ended it, or the network did
        unreadable,   // the server said what no server says
        interrupted,  // Ctrl-C; the link is as it was
    };
    Cause cause;
    std::string text;
};

class Link {
public:
    // If there is an interrupt, it ends waiting.
    explicit Link(const Interrupt* interrupt = nullptr);
    ~Link();
    Link(const Link&) = delete;
    Link& operator=(const Link&) = delete;

    // Connects anew. Returns why it could not.
    std::optional<std::string> open(const client::Address& address);
    void close();
    bool is_open() const;

    // Queues a request. It leaves with the next receive().
    void send(const Words& words);
    // Sends what is queued, and waits for the next reply or push.
    std::optional<Break> receive(protocol::Value& value);

    // For those who send and receive at the same time: what is queued by append() leaves and what
    // comes arrives, whichever is possible first; once, and for at most so long.
    void append(std::string_view bytes) { outgoing_.append(bytes); }
    std::size_t unsent() const { return outgoing_.size(); }
    std::optional<Break> exchange(int timeout_ms);
    // A reply that has arrived.
    bool next(protocol::Value& value);

private:
    struct Wire;

    std::optional<Break> wait(short events, int timeout_ms, short& happened);
    std::optional<Break> write_some();
    std::optional<Break> read_some();

    const Interrupt* interrupt_;
    std::unique_ptr<Wire> wire_;
    protocol::Buffer outgoing_;
    protocol::Buffer incoming_;
    protocol::ReplyParser parser_;
};

}  // namespace mini_redis::cli
