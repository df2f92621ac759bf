// The link of a session without a connection: who asks and is not there.
#pragma once

#include "server/dispatch/session.hpp"

namespace mini_redis::tests {

struct Nobody final : dispatch::Link {
    void close() override {}
    void push(std::shared_ptr<const std::string>) override {}
    void resume() noexcept override {}
    std::size_t object_bytes() const override { return 0; }
    void take(std::string_view, const pubsub::SharedMessage&) noexcept override {}
};

}  // namespace mini_redis::tests
