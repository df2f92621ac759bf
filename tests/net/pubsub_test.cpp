// Messages on their way through connections: order, sharing, and the slow subscriber.
#include "tests/support/world.hpp"

#include <string>

#include <gtest/gtest.h>

namespace mini_redis::tests {
namespace {

std::string request(std::initializer_list<std::string_view> words)
{
    std::string text = "*" + std::to_string(words.size()) + "\r\n";
    for (const std::string_view word : words)
        text += "$" + std::to_string(word.size()) + "\r\n" + std::string(word) + "\r\n";
    return text;
}

std::string message(const std::string& payload)
{
    return request({"message", "c", payload});
}

std::string confirmation(std::string_view what, int count, char type = '*')
{
    return type + ("3\r\n" + request({what, "c"}).substr(4)) + ":" + std::to_string(count) + "\r\n";
}

TEST(Pubsub, AMessageComesBehindWhatWasAnsweredBefore)
{
    World world;
    WorldClient subscriber(world);
    WorldClient publisher(world);
    EXPECT_EQ(subscriber.round_trip(request({"SUBSCRIBE", "c"})), confirmation("subscribe", 1));
    EXPECT_EQ(publisher.round_trip(request({"PUBLISH", "c", "1"}) + request({"PUBLISH", "c", "2"})),
              ":1\r\n:1\r\n");
    EXPECT_EQ(subscriber.receive(), message("1") + message("2"));
}

// In RESP3 a client may publish to itself; pushes come between replies, never inside one.
TEST(Pubsub, ASubscriberMayPublishToItself)
{
    World world;
    WorldClient client(world);
    client.round_trip(request({"HELLO", "3"}) + request({"SUBSCRIBE", "c"}));
    std::string push = message("x");
    push[0] = '>';
    EXPECT_EQ(client.round_trip(request({"PUBLISH", "c", "x"}) + request({"PING"})),
              ":1\r\n+PONG\r\n" + push);
    // What is in the mail when it subscribes to more, or to less, is delivered first.
    const std::string both = client.round_trip(request({"PUBLISH", "c", "x"}) +
                                               request({"UNSUBSCRIBE", "c"}) + request({"PING"}));
    EXPECT_EQ(both, ":1\r\n" + push + confirmation("unsubscribe", 0, '>') + "+PONG\r\n");
}

TEST(Pubsub, OneWriteTakesAllMessagesOfARound)
{
    World world;
    WorldClient subscriber(world);
    WorldClient publisher(world);
    subscriber.round_trip(request({"SUBSCRIBE", "c"}));
    const std::string large(5000, 'x');
    std::string requests;
    std::string expected;
    for (int i = 0; i < 20; ++i) {
        requests += request({"PUBLISH", "c", large}) + request({"PUBLISH", "c", "small"});
        expected += message(large) + message("small");
    }
    const auto writes = world.counted().writes.get();
    publisher.round_trip(requests);
    EXPECT_EQ(subscriber.receive(), expected);
    // 40 replies by at most as many writes as there were reads, and the messages.
    EXPECT_LE(world.counted().writes.get() - writes, 2 * (requests.size() / 16'384 + 2));
}

class SlowSubscriber : public testing::Test {
protected:
    SlowSubscriber()
    {
        world.config().client_output_buffer_limit.assign("pubsub 1000000 300000 2");
        slow.round_trip(request({"SUBSCRIBE", "c"}));
        quick.round_trip(request({"SUBSCRIBE", "c"}));
    }

    void publish(std::size_t bytes)
    {
        for (std::size_t sent = 0; sent < bytes; sent += payload.size()) {
            publisher.send(request({"PUBLISH", "c", payload}));
            world.step();
            EXPECT_EQ(quick.receive(), message(payload));
        }
    }

    World world;
    WorldClient slow{world};
    WorldClient quick{world};
    WorldClient publisher{world};
    const std::string payload = std::string(10'000, 'x');
};

TEST_F(SlowSubscriber, IsClosedBeyondTheHardLimitAndNobodyElse)
{
    publish(2'000'000);
    EXPECT_EQ(world.counted().output_limit.get(), 1U);
    const std::string got = slow.receive();
    EXPECT_TRUE(slow.closed());
    EXPECT_EQ(got.find(message(payload)), 0U);
    // Until its end it has no gap.
    for (std::size_t at = 0; at + message(payload).size() <= got.size();
         at += message(payload).size())
        ASSERT_EQ(got.compare(at, message(payload).size(), message(payload)), 0);
    EXPECT_EQ(publisher.receive().substr(0, 4), ":2\r\n");
    EXPECT_EQ(publisher.round_trip(request({"PUBLISH", "c", "x"})), ":1\r\n");
}

TEST_F(SlowSubscriber, IsClosedWhenItStaysBeyondTheSoftLimit)
{
    publish(700'000);
    EXPECT_EQ(world.counted().output_limit.get(), 0U);
    world.advance(1500);
    world.next_round();
    EXPECT_EQ(world.counted().output_limit.get(), 0U);
    world.advance(2500);
    world.next_round();
    EXPECT_EQ(world.counted().output_limit.get(), 1U);
}

TEST_F(SlowSubscriber, LosesNothingWhenItReadsAfterAll)
{
    publish(700'000);
    std::string got;
    for (int i = 0; i < 1000 && got.size() < 70 * message(payload).size(); ++i) {
        got += slow.receive();
        world.step();
    }
    EXPECT_EQ(got.size(), 70 * message(payload).size());
    world.advance(10'000);
    world.next_round();
    EXPECT_EQ(world.counted().output_limit.get(), 0U);
}

}  // namespace
}  // namespace mini_redis::tests
