// A message for a thousand subscribers: how many bytes are copied. And a view that was kept too
// long.
#include "protocol/request_parser.hpp"
#include "server/net/inbox.hpp"
#include "server/net/outbox.hpp"
#include "server/pubsub/message.hpp"

#include <array>
#include <cstdio>
#include <cstring>
#include <deque>
#include <string>

namespace {

namespace asio = mini_redis::runtime::asio;
namespace net = mini_redis::net;
namespace protocol = mini_redis::protocol;
namespace pubsub = mini_redis::pubsub;

constexpr std::size_t subscribers = 1000;

using Take = void (*)(net::Outbox&, const pubsub::SharedMessage&);

void copy(net::Outbox& outbox, const pubsub::SharedMessage& message)
{
    outbox.own().append(message->body());
}

void share(net::Outbox& outbox, const pubsub::SharedMessage& message)
{
    outbox.share(net::Outbox::Text(message, &message->body()));
}

// Heads are always copied: they are short, and differ.
void publish(const char* how, std::size_t bytes, Take take)
{
    const std::string payload(bytes, 'x');
    const auto message =
        std::make_shared<const pubsub::Message>(pubsub::Kind::channel, "news", payload, false);
    const std::string head = pubsub::head_of(pubsub::Kind::channel, "news");
    std::deque<net::Outbox> outboxes(subscribers);
    std::size_t copied = message->body().size();
    std::size_t pieces = 0;
    for (net::Outbox& outbox : outboxes) {
        outbox.own().append(head);
        take(outbox, message);
        copied += outbox.own().size();
        std::array<asio::const_buffer, 64> room;
        pieces = outbox.front(room).size();
    }
    std::printf("%-8s %6zu bytes for each  %8zu bytes copied  %zu pieces a write\n", how, bytes,
                copied, pieces);
}

void read(net::Inbox& inbox, std::string_view bytes)
{
    const asio::mutable_buffer room = inbox.room();
    std::memcpy(room.data(), bytes.data(), bytes.size());
    inbox.received(bytes.size());
}

// The value of one SET, as a view; and the inbox goes on.
std::string_view value_of_next(net::Inbox& inbox)
{
    protocol::RequestParser parser;
    protocol::Batch batch;
    const auto progress = parser.parse(inbox.unconsumed(), {}, 64, batch);
    const std::string_view value = batch.words_of(batch.requests.front())[2];
    inbox.consume(progress.consumed);
    return value;
}

std::string kept_view()
{
    net::Inbox inbox;
    read(inbox, "SET key first\r\n");
    const std::string_view kept = value_of_next(inbox);
    read(inbox, "SET key other\r\n");
    return std::string(kept);
}

std::string kept_copy()
{
    net::Inbox inbox;
    read(inbox, "SET key first\r\n");
    const std::string kept(value_of_next(inbox));
    read(inbox, "SET key other\r\n");
    return kept;
}

}  // namespace

int main()
{
    for (const std::size_t bytes : {std::size_t{64}, std::size_t{4096}}) {
        publish("copied", bytes, copy);
        publish("shared", bytes, share);
    }
    std::printf("SET key first, then SET key other: the first value, kept as a view: %s\n",
                kept_view().c_str());
    std::printf("                                                      as a copy: %s\n",
                kept_copy().c_str());
}
