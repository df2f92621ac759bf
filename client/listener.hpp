// A connection with nothing assumed about it: words go out, and everything that comes in is yours,
// in the order it came. For MONITOR, for SUBSCRIBE as a person types it, for what is not known yet.
//
//   Listener listener(context, options);
//   listener.send("MONITOR");
//   for (;;) print(co_await listener.next());
//
// Which reply belongs to which request is yours to know, too; so it never sends anything twice.
// When the connection is lost next() fails, after all that came before; send() makes another one.
#pragma once

#include "client/feed.hpp"
#include "client/operation.hpp"

#include <memory>

namespace mini_redis::client {

// The feed behind a listener.
class Overheard final : public Feed {
public:
    Overheard(const Executor& executor, Options options, const Outside& outside)
        : Feed(executor, std::move(options), outside)
    {
    }
    void send(const Request& request);

private:
    bool wanted() const override { return !outgoing_.empty(); }
    void opened(protocol::Dialect) override {}
    void heard(protocol::Value&& value, std::size_t bytes) override
    {
        inflow_.push(std::move(value), bytes);
    }
    void lost(std::string_view why) override;
    void unreachable(const Error& why) override;
    void start(Waiter& waiter, const Request& request, Limit limit) override;

    std::optional<Error> silence_;  // why nothing more will come
};

class Listener {
public:
    explicit Listener(asio::io_context& context, Options options = {}, const Outside& outside = {})
        : Listener(context.get_executor(), std::move(options), outside)
    {
    }
    explicit Listener(const Executor& executor, Options options = {}, const Outside& outside = {});
    ~Listener();
    Listener(Listener&&) noexcept = default;
    Listener& operator=(Listener&&) = delete;

    // Connects if there is no connection.
    template <WordLike... Head>
    void send(const Head&... words)
    {
        feed_->send(Request(words...));
    }
    void send(Words words) { feed_->send(Request(words)); }

    // The next thing that the server says, an error reply as a value that is one. When cancelled:
    // nothing is lost, the next call gets it. Fails: when there is no connection any more.
    struct Said;
    Operation<Said> next();

    bool connected() const { return feed_->connected(); }
    int descriptor() const { return feed_->descriptor(); }
    Options& options() { return feed_->options(); }

private:
    std::shared_ptr<Overheard> feed_;
};

// A reply as it is: also one that is an error.
struct Listener::Said {
    Value value;
};

template <>
struct As<Listener::Said> {
    static Result<Listener::Said> from(Value&& reply) { return Listener::Said{std::move(reply)}; }
    static Result<Listener::Said> from(const Scalar& reply) { return from(reply.value()); }
};

inline Operation<Listener::Said> Listener::next()
{
    return {*feed_, Request("")};
}

}  // namespace mini_redis::client
