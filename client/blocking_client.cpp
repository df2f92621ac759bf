// Every call is an operation, and a wait for it.
#include "client/blocking_client.hpp"

#include "client/fitness.hpp"

#include <utility>

namespace mini_redis::client {

BlockingClient::BlockingClient(Options options, const Outside& outside)
    : connection_(
          std::make_shared<Connection>(own_.context().get_executor(), std::move(options), outside))
{
    connection_->on_push([this](Value&& push) { pushes_.push_back(std::move(push)); });
}

BlockingClient::BlockingClient(std::string_view url) : BlockingClient(parse_url(url).value()) {}

BlockingClient::~BlockingClient()
{
    connection_->stop();
}

Result<void> BlockingClient::connect()
{
    return request<void>(Request("PING"));
}

void BlockingClient::disconnect()
{
    connection_->disconnect();
}

Result<Value> BlockingClient::exec_any(const Request& request)
{
    if (fitness_of(request) == Fitness::none)
        return Error{Errc::unfit,
                     "what the command has the server send is no reply; there are "
                     "BlockingListener and BlockingSubscriber"};
    return this->request<Value>(request);
}

Result<Replies> BlockingClient::exec(const Pipeline& pipeline)
{
    return request<Replies>(pipeline.request());
}

Result<Outcome> BlockingClient::exec(Transaction& transaction)
{
    return request<Outcome>(transaction.request());
}

std::optional<Value> BlockingClient::next_push(std::chrono::milliseconds limit)
{
    if (!own_.wait_for([this] { return !pushes_.empty(); }, limit)) return std::nullopt;
    Value push = std::move(pushes_.front());
    pushes_.pop_front();
    return push;
}

}  // namespace mini_redis::client
