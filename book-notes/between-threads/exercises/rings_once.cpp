// A mailbox that rings for each message. To ring is to wake a thread: once a batch would be enough.
#include "server/runtime/notify.hpp"
#include "tests/support/stepped.hpp"

#include <chrono>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace {

using namespace std::chrono_literals;
using mini_redis::runtime::awaitable;

struct Box : mini_redis::tests::Stepped {
    void ring()
    {
        ++rings;
        thread().post([this] { bell.notify(); });
    }
    // Takes a second.
    awaitable<void> deliver(int message)
    {
        co_await pause(1s);
        delivered.push_back(message);
    }

    mini_redis::runtime::Notify bell{executor()};
    std::vector<int> arrived, delivered;
    int rings = 0;
    bool called = false;  // for you
};

// Yours:
void send(Box& box, int message)
{
    box.arrived.push_back(message);
    box.ring();
}

awaitable<void> read(Box& box)
{
    for (;;) {
        co_await box.bell.wait();
        const std::vector<int> batch = std::exchange(box.arrived, {});
        for (const int message : batch) co_await box.deliver(message);
    }
}

// The test:
TEST(RingsOnce, ABatchAndLosesNothing)
{
    Box box;
    box.tasks.spawn("read", read(box));
    box.settle();
    for (int i = 0; i < 3; ++i) send(box, i);
    box.settle();
    EXPECT_EQ(box.rings, 1) << "rung " << box.rings << " times for the first batch";
    box.advance(1s);
    for (int i = 3; i < 6; ++i) send(box, i);  // in the middle of the first
    for (int i = 0; i < 5; ++i) box.advance(1s);
    EXPECT_EQ(box.delivered, std::vector({0, 1, 2, 3, 4, 5}));
    EXPECT_LE(box.rings, 2);
    box.end();
}

}  // namespace
