// A connection reads as long as its client talks. Whoever has made it lets go of it at once.
#include "tests/support/fake_transport.hpp"
#include "tests/support/stepped.hpp"

#include <memory>

#include <gtest/gtest.h>

namespace {

namespace runtime = mini_redis::runtime;
using runtime::awaitable;

struct Connection {
    explicit Connection(const runtime::Executor& home) : transport(home, {}) {}
    awaitable<void> read()
    {
        co_await transport.readable();
        ++reads;
    }
    mini_redis::tests::FakeTransport transport;
    int reads = 0;
};

// Yours:
void begin(runtime::TaskGroup& tasks, const std::shared_ptr<Connection>& connection)
{
    tasks.spawn("read", connection->read());
}

// The test:
TEST(WhoKeepsIt, TheTaskDoesAndLetsGoAtItsEnd)
{
    mini_redis::tests::Stepped world;
    auto made = std::make_shared<Connection>(world.executor());
    const std::weak_ptr<Connection> seen = made;
    begin(world.tasks, made);
    made.reset();
    ASSERT_FALSE(seen.expired()) << "the connection has gone, and its task has not";
    world.settle();
    ASSERT_FALSE(seen.expired());
    EXPECT_EQ(world.tasks.size(), 1) << "it waits";
    seen.lock()->transport.send("PING");
    world.settle();
    EXPECT_EQ(world.tasks.size(), 0);
    EXPECT_TRUE(seen.expired()) << "the task has gone, and the connection has not";
}

}  // namespace
