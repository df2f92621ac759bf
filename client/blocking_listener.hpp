// A Listener and a Subscriber for code that may wait.
//
//   BlockingListener listener(options);
//   listener.send("MONITOR");
//   while (const auto said = listener.next()) print(said->value);
//
// next() waits until something comes, the limit is over (Errc::timed_out) or somebody interrupts
// it (Errc::interrupted): nothing is lost then, and the next call gets it.
#pragma once

#include "client/listener.hpp"
#include "client/own_context.hpp"
#include "client/subscriber.hpp"

#include <chrono>

namespace mini_redis::client {

class BlockingListener {
public:
    using Limit = std::chrono::milliseconds;  // 0: none

    explicit BlockingListener(Options options = {}, const Outside& outside = {})
        : listener_(own_.context(), std::move(options), outside)
    {
    }

    // Connects if there is no connection. Sent when next() waits.
    template <WordLike... Head>
    void send(const Head&... words)
    {
        listener_.send(words...);
    }
    void send(Words words) { listener_.send(words); }
    Result<Listener::Said> next(Limit limit = {})
    {
        return own_.wait(listener_.next().timeout(limit));
    }

    bool connected() const { return listener_.connected(); }
    // For poll(): readable when next() may find something. -1 while there is no connection.
    int descriptor() const { return listener_.descriptor(); }
    Options& options() { return listener_.options(); }
    // From any thread or signal handler.
    void interrupt() noexcept { own_.interrupt(); }

private:
    OwnContext own_;
    Listener listener_;
};

class BlockingSubscriber {
public:
    using Limit = std::chrono::milliseconds;  // 0: none

    explicit BlockingSubscriber(Options options = {}, const Outside& outside = {})
        : subscriber_(own_.context(), std::move(options), outside)
    {
    }

    template <WordLike... Names>
    Result<void> subscribe(const Names&... channels)
    {
        return own_.wait(subscriber_.subscribe(channels...));
    }
    template <WordLike... Names>
    Result<void> psubscribe(const Names&... patterns)
    {
        return own_.wait(subscriber_.psubscribe(patterns...));
    }
    template <WordLike... Names>
    Result<void> unsubscribe(const Names&... channels)
    {
        return own_.wait(subscriber_.unsubscribe(channels...));
    }
    Result<Item> next(Limit limit = {}) { return own_.wait(subscriber_.next().timeout(limit)); }

    bool connected() const { return subscriber_.connected(); }
    // From any thread or signal handler.
    void interrupt() noexcept { own_.interrupt(); }

private:
    OwnContext own_;
    Subscriber subscriber_;
};

}  // namespace mini_redis::client
