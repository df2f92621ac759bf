// A message for three subscribers: a long one lies in memory once, and a short one costs no note.
#include "server/net/outbox.hpp"
#include "server/pubsub/message.hpp"

#include <array>
#include <cstddef>
#include <memory>
#include <set>
#include <string>
#include <utility>

#include <gtest/gtest.h>

namespace {

namespace asio = mini_redis::runtime::asio;
using mini_redis::net::Outbox;
using mini_redis::pubsub::Kind;
using mini_redis::pubsub::Message;
using mini_redis::pubsub::SharedMessage;

constexpr std::size_t shared_from = 1024;  // bytes

// Yours:
void take(Outbox& outbox, const SharedMessage& message)
{
    outbox.own().append(message->body());
}

// The test:
// Publishes so many bytes. At how many addresses do they lie, when the publisher has gone?
std::size_t addresses(std::size_t bytes)
{
    std::array<Outbox, 3> outboxes;
    auto message =
        std::make_shared<const Message>(Kind::channel, "news", std::string(bytes, 'x'), false);
    for (Outbox& outbox : outboxes) take(outbox, message);
    const std::weak_ptr<const Message> published = std::exchange(message, nullptr);
    if (outboxes.front().own().empty() && published.expired()) return 0;
    std::set<const void*> all;
    for (const Outbox& outbox : outboxes) {
        std::array<asio::const_buffer, 4> room;
        for (const asio::const_buffer& piece : outbox.front(room)) all.insert(piece.data());
    }
    return all.size();
}

TEST(OneText, IsReadByAllIfItIsLong)
{
    EXPECT_EQ(addresses(shared_from), 1) << "each has a copy of his own";
}

TEST(OneText, IsCopiedIfItIsShort)
{
    EXPECT_EQ(addresses(64), 3);
}

}  // namespace
