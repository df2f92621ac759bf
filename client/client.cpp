// A client is a handle: what it does is done by its connection.
#include "client/client.hpp"

#include "client/fitness.hpp"
#include "client/subscriber.hpp"
#include "client/watch.hpp"

#include <utility>

namespace mini_redis::client {

Client::Client(const Executor& executor, Options options, const Outside& outside)
    : connection_(std::make_shared<Connection>(executor, std::move(options), outside))
{
}

Client::~Client()
{
    if (connection_) connection_->stop();
}

Operation<void> Client::close()
{
    return {connection_->closing(), Request("QUIT")};
}

Operation<Value> Client::exec_any(const Request& request)
{
    if (fitness_of(request) != Fitness::shared) return {connection_->unfit(), request};
    return {*connection_, request};
}

Watch Client::watch() const
{
    return Watch(executor(), options(), connection_->outside());
}

Subscriber Client::subscribe() &&
{
    Subscriber subscriber(executor(), options(), connection_->outside());
    connection_->finish();
    connection_.reset();
    return subscriber;
}

}  // namespace mini_redis::client
