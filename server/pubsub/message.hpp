// What was published, as its subscribers read it: encoded once, and shared by all of them.
//
//   *3 $7 message           | $5 hello $5 world
//   *4 $8 pmessage $2 h*    | $5 hello $5 world
//   `------- head --------'   `----- body ----'
//
// The body is the same for all subscribers: to the channel or to a pattern, in RESP2 or RESP3. The
// head is the same for all messages to one audience, and in RESP3 it differs in its first byte.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace mini_redis::pubsub {

// What a client may subscribe to. A message is published to a channel or to a shard channel.
enum class Kind : std::uint8_t { channel, pattern, shard_channel };

inline constexpr std::size_t kind_count = 3;

class Message {
public:
    Message(Kind kind, std::string_view channel, std::string_view payload, bool for_patterns);

    Kind kind() const { return kind_; }
    std::string_view channel() const
    {
        return std::string_view(body_).substr(channel_at_, channel_size_);
    }
    // Whether those who listen to a pattern were counted when it was published.
    bool for_patterns() const { return for_patterns_; }
    const std::string& body() const { return body_; }

private:
    std::string body_;
    std::size_t channel_at_;
    std::size_t channel_size_;
    Kind kind_;
    bool for_patterns_;
};

using SharedMessage = std::shared_ptr<const Message>;

// In RESP2, of messages to those who listen to a channel, or to the pattern of this name.
std::string head_of(Kind kind, std::string_view name);

// Who is subscribed: a connection, seen from here.
class Subscriber {
public:
    virtual ~Subscriber() = default;

    // Once for each message, in the order in which they were published, on its own thread. Takes it
    // or gives up for good; never unsubscribes here.
    virtual void take(std::string_view head, const SharedMessage& message) noexcept = 0;
};

}  // namespace mini_redis::pubsub
