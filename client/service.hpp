// Who does what an Operation asks for: a connection that is shared, or one that listens.
#pragma once

#include "client/asio.hpp"
#include "client/request.hpp"
#include "client/waiter.hpp"

#include <chrono>
#include <optional>

namespace mini_redis::client {

class Service {
public:
    using Limit = std::optional<std::chrono::nanoseconds>;  // none: the usual one; 0: no limit

    virtual Executor executor() const = 0;
    // Takes the waiter in, which stays where it is until it is finished; not before this returns.
    // It never throws: what there is no memory for is refused.
    virtual void start(Waiter& waiter, const Request& request, Limit limit) = 0;
    // Its caller gives up. It may have its result already, and then nothing happens.
    virtual void cancel(Waiter& waiter, asio::cancellation_type how) = 0;

    // One that was not taken in gets this, and is finished soon.
    virtual void refuse(Waiter& waiter, Error why) = 0;

protected:
    ~Service() = default;
};

}  // namespace mini_redis::client
