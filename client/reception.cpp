// The replies to a transaction, of which only the last one is the result.
#include "client/reception.hpp"

namespace mini_redis::client {

void Reception<Outcome>::receive(Value&& reply)
{
    if (reply.is_error() && !refused_) refused_ = unexpected(reply);
    last_ = std::move(reply);
}

Result<Outcome> Reception<Outcome>::take()
{
    if (error_) return *std::move(error_);
    if (refused_) return *std::move(refused_);
    if (last_.is_null()) return Outcome{};
    if (last_.kind != Value::Kind::array) return unexpected(last_);
    Outcome outcome{.executed = true, .replies = {}};
    for (Value& reply : last_.children)
        outcome.replies.push_back(As<Value>::from(std::move(reply)));
    return outcome;
}

}  // namespace mini_redis::client
