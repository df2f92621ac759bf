// A subscriber is a handle: what it does is done by its subscriptions.
#include "client/subscriber.hpp"

#include <utility>

namespace mini_redis::client {

Result<Item> As<Item>::from(Value&& reply)
{
    auto& parts = reply.children;
    if (parts.size() < 2) return unexpected(reply);
    if (parts[0].text == "gap") return Item{Item::Kind::gap, {}, {}, std::move(parts[1].text)};
    if (parts.size() == 3)
        return Item{Item::Kind::message, std::move(parts[1].text), {}, std::move(parts[2].text)};
    if (parts.size() != 4) return unexpected(reply);
    return Item{Item::Kind::message, std::move(parts[2].text), std::move(parts[1].text),
                std::move(parts[3].text)};
}

Subscriber::Subscriber(const Executor& executor, Options options, const Outside& outside)
    : feed_(std::make_shared<Subscriptions>(executor, std::move(options), outside))
{
}

Subscriber::~Subscriber()
{
    if (feed_) feed_->stop();
}

}  // namespace mini_redis::client
