// Where own bytes end and shared ones begin.
#include "server/net/outbox.hpp"

#include <algorithm>
#include <utility>

namespace mini_redis::net {
namespace asio = runtime::asio;

// Book: zero-copy/by-reference. One text for all who read it, and to each a note where it belongs.
void Outbox::share(Text text)
{
    if (text->empty()) return;
    if (!shared_) shared_ = std::make_unique<SharedTexts>();
    const std::size_t bytes = text->size();
    shared_->queue.push_back({std::move(text), 0, own_.size() - shared_->own_before});
    shared_->own_before = own_.size();
    shared_->bytes += bytes;
}

std::span<const asio::const_buffer> Outbox::front(std::span<asio::const_buffer> room) const
{
    std::size_t count = 0;
    const auto add = [&](const char* data, std::size_t bytes) {
        if (bytes != 0 && count < room.size()) room[count++] = asio::const_buffer(data, bytes);
    };
    std::size_t own_at = 0;
    if (shared_)
        for (const Shared& shared : shared_->queue) {
            if (count == room.size()) break;
            add(own_.data() + own_at, shared.own_before);
            add(shared.text->data() + shared.sent, shared.text->size() - shared.sent);
            own_at += shared.own_before;
        }
    add(own_.data() + own_at, own_.size() - own_at);
    return room.first(count);
}

void Outbox::consume(std::size_t bytes)
{
    while (bytes != 0 && shared_bytes() != 0) {
        Shared& first = shared_->queue.front();
        const std::size_t own = std::min(bytes, first.own_before);
        own_.consume(own);
        first.own_before -= own;
        shared_->own_before -= own;
        const std::size_t sent = std::min(bytes - own, first.text->size() - first.sent);
        first.sent += sent;
        shared_->bytes -= sent;
        if (first.sent == first.text->size()) shared_->queue.pop_front();
        bytes -= own + sent;
    }
    own_.consume(bytes);
}

void Outbox::release()
{
    own_.release();
    shared_.reset();
}

}  // namespace mini_redis::net
