// What a client is owed, in order: bytes of its own, and texts that it shares with others.
//
//   own_        |  replies  |  a short message  |  replies  |
//   shared texts            ^ a long message               ^ another
//
// Bytes are appended to own(). A long message that many clients are to read is not copied for each
// of them: the outbox notes behind which of its own bytes it comes, and write_some gathers both.
// Few outboxes ever hold a shared text, so an empty one is small.
#pragma once

#include "protocol/buffer.hpp"
#include "server/runtime/asio.hpp"

#include <cstddef>
#include <deque>
#include <memory>
#include <span>
#include <string>

namespace mini_redis::net {

class Outbox {
public:
    using Text = std::shared_ptr<const std::string>;

    bool empty() const { return own_.empty() && shared_bytes() == 0; }
    // Bytes owed; what the text costs its other readers is not deducted.
    std::size_t size() const { return own_.size() + shared_bytes(); }
    // Bytes held: what size() counts, and room to grow.
    std::size_t capacity() const { return own_.capacity() + shared_bytes(); }

    // To append to. What is there already must stay as it is.
    protocol::Buffer& own() { return own_; }
    void share(Text text);

    // What comes first, as many pieces as there is room for.
    std::span<const runtime::asio::const_buffer> front(
        std::span<runtime::asio::const_buffer> room) const;
    // That so many bytes of it were sent.
    void consume(std::size_t bytes);

    // Gives the memory back, once it is empty.
    void release();

private:
    struct Shared {
        Text text;
        std::size_t sent;        // of the text
        std::size_t own_before;  // bytes of our own between the text before and this one
    };
    struct SharedTexts {
        std::deque<Shared> queue;
        std::size_t own_before = 0;  // the last one of the queue
        std::size_t bytes = 0;       // not yet sent
    };

    std::size_t shared_bytes() const { return shared_ ? shared_->bytes : 0; }

    protocol::Buffer own_;
    std::unique_ptr<SharedTexts> shared_;
};

}  // namespace mini_redis::net
