// What comes is queued, and an end of it is told once the queue is empty.
#include "client/listener.hpp"

#include <string>
#include <utility>

namespace mini_redis::client {

void Overheard::send(const Request& request)
{
    connect();
    request.encode(outgoing_);
    silence_.reset();
    speak();
}

void Overheard::start(Waiter& waiter, const Request& request, Limit limit)
{
    Feed::start(waiter, request, limit);
    if (!silence_) return;
    inflow_.fail(*silence_);
    finish_soon();
}

void Overheard::lost(std::string_view why)
{
    Feed::lost(why);
    silence_ = Error{Errc::connection_lost, "connection lost (" + std::string(why) + ")"};
    inflow_.fail(*silence_);
    finish_soon();
}

void Overheard::unreachable(const Error& why)
{
    outgoing_.clear();
    silence_ = why;
    Feed::unreachable(why);
}

Listener::Listener(const Executor& executor, Options options, const Outside& outside)
    : feed_(std::make_shared<Overheard>(executor, std::move(options), outside))
{
}

Listener::~Listener()
{
    if (feed_) feed_->stop();
}

}  // namespace mini_redis::client
