// The outbox: own bytes and shared ones leave in the order in which they came.
#include "server/net/outbox.hpp"

#include <array>
#include <random>
#include <string>

#include <gtest/gtest.h>

namespace mini_redis::tests {
namespace {

namespace asio = runtime::asio;
using net::Outbox;

std::string joined(std::span<const asio::const_buffer> pieces)
{
    std::string all;
    for (const auto& piece : pieces)
        all.append(static_cast<const char*>(piece.data()), piece.size());
    return all;
}

TEST(Outbox, KeepsTheOrderOfOwnAndSharedBytes)
{
    Outbox outbox;
    const auto text = std::make_shared<const std::string>("shared");
    outbox.own().append("one ");
    outbox.share(text);
    outbox.share(text);
    outbox.own().append(" two");
    std::array<asio::const_buffer, 8> room;
    EXPECT_EQ(joined(outbox.front(room)), "one sharedshared two");
    EXPECT_EQ(outbox.size(), 20U);
    outbox.consume(6);
    EXPECT_EQ(joined(outbox.front(room)), "aredshared two");
    EXPECT_EQ(joined(outbox.front(std::span(room).first(1))), "ared");
    outbox.consume(14);
    EXPECT_TRUE(outbox.empty());
    EXPECT_EQ(text.use_count(), 1);
    outbox.share(std::make_shared<const std::string>());
    EXPECT_TRUE(outbox.empty());
}

TEST(Outbox, IsAStreamWhateverIsPutInAndTakenOut)
{
    std::mt19937 chance(7);
    Outbox outbox;
    std::string sent;
    std::string all;
    for (int i = 0; i < 100'000; ++i) {
        const std::string text(chance() % 5, static_cast<char>('a' + i % 26));
        switch (chance() % 3) {
            case 0:
                outbox.own().append(text);
                all += text;
                break;
            case 1:
                outbox.share(std::make_shared<const std::string>(text));
                all += text;
                break;
            default: {
                std::array<asio::const_buffer, 5> room;
                const std::string front =
                    joined(outbox.front(std::span(room).first(1 + chance() % 5)));
                const std::size_t count = front.empty() ? 0 : chance() % (front.size() + 1);
                sent += front.substr(0, count);
                outbox.consume(count);
            }
        }
        ASSERT_EQ(outbox.size(), all.size() - sent.size());
        ASSERT_EQ(outbox.empty(), all.size() == sent.size());
    }
    std::array<asio::const_buffer, 5> room;
    while (!outbox.empty()) {
        const std::string front = joined(outbox.front(room));
        sent += front;
        outbox.consume(front.size());
    }
    EXPECT_EQ(sent, all);
    outbox.release();
    EXPECT_EQ(outbox.capacity(), 0U);
}

}  // namespace
}  // namespace mini_redis::tests
