// Messages as an asynchronous sequence. What can be asked for is to hear, and nothing else.
//
//   Subscriber subscriber = std::move(client).subscribe();
//   co_await subscriber.subscribe("news");
//   for (;;) {
//       const auto item = co_await subscriber.next();
//       if (!item) break;
//       if (item->kind == Item::Kind::gap) ...             // here something may be missing
//
// It connects again when the connection is lost, subscribes to all it was subscribed to, and says
// so by a gap in the sequence; also when messages were dropped because they were not taken in time.
// A gap is never silent: but what a server sends to nobody is lost, so between the two ends of a
// gap it is not known how much is missing. Works in RESP2 and in RESP3.
#pragma once

#include "client/operation.hpp"
#include "client/subscriptions.hpp"

#include <memory>
#include <string>

namespace mini_redis::client {

struct Item {
    enum class Kind : std::uint8_t {
        message,  // text came over channel
        gap,      // messages may be missing here; text says why
    };

    Kind kind = Kind::message;
    std::string channel;
    std::string pattern;  // by which it was subscribed to, if by one
    std::string text;

    friend bool operator==(const Item&, const Item&) = default;
};

// From what the server sends: "message", "pmessage", "smessage"; and "gap", which is the feed's
// own.
template <>
struct As<Item> {
    static Result<Item> from(Value&& reply);
    static Result<Item> from(const Scalar& reply) { return unexpected(reply.value()); }
};

class Subscriber {
public:
    explicit Subscriber(asio::io_context& context, Options options = {},
                        const Outside& outside = {})
        : Subscriber(context.get_executor(), std::move(options), outside)
    {
    }
    explicit Subscriber(const Executor& executor, Options options = {},
                        const Outside& outside = {});
    ~Subscriber();
    Subscriber(Subscriber&&) noexcept = default;
    Subscriber& operator=(Subscriber&&) = delete;

    // End when the server has confirmed all of it. What was confirmed once is subscribed to again
    // with every new connection, until it is unsubscribed from.
    template <WordLike... Names>
        requires(sizeof...(Names) > 0)
    Operation<void> subscribe(const Names&... channels)
    {
        return {feed_->subscribing(), Request("SUBSCRIBE", channels...)};
    }
    template <WordLike... Names>
        requires(sizeof...(Names) > 0)
    Operation<void> psubscribe(const Names&... patterns)
    {
        return {feed_->subscribing(), Request("PSUBSCRIBE", patterns...)};
    }
    template <WordLike... Names>
        requires(sizeof...(Names) > 0)
    Operation<void> ssubscribe(const Names&... channels)
    {
        return {feed_->subscribing(), Request("SSUBSCRIBE", channels...)};
    }
    template <WordLike... Names>
        requires(sizeof...(Names) > 0)
    Operation<void> unsubscribe(const Names&... channels)
    {
        return {feed_->subscribing(), Request("UNSUBSCRIBE", channels...)};
    }
    template <WordLike... Names>
        requires(sizeof...(Names) > 0)
    Operation<void> punsubscribe(const Names&... patterns)
    {
        return {feed_->subscribing(), Request("PUNSUBSCRIBE", patterns...)};
    }
    template <WordLike... Names>
        requires(sizeof...(Names) > 0)
    Operation<void> sunsubscribe(const Names&... channels)
    {
        return {feed_->subscribing(), Request("SUNSUBSCRIBE", channels...)};
    }

    // The next of the sequence; one at a time may wait. When cancelled: nothing is lost, the next
    // call gets it.
    // Book: sequences/asked-for. A sequence is asked for one value, and tells when there is none.
    Operation<Item> next() { return {feed_->messages(), Request("")}; }

    bool connected() const { return feed_->connected(); }

private:
    std::shared_ptr<Subscriptions> feed_;
};

}  // namespace mini_redis::client
