// INCR may be answered when its result is on the disk, and not before: the power can fail any time.
#include "tests/support/stepped.hpp"

#include <algorithm>
#include <chrono>
#include <set>

#include <gmock/gmock.h>

namespace {

using mini_redis::runtime::awaitable;

struct Server : mini_redis::tests::Stepped {
    // Returns when the number is on the disk, a second later.
    awaitable<void> journal(int number)
    {
        co_await pause(std::chrono::seconds(1));
        disk.insert(number);
    }
    int counter = 0;
    std::set<int> disk, answered;
};

// Yours:
awaitable<void> increment(Server& server)
{
    const int next = server.counter + 1;
    server.counter = next;
    server.answered.insert(next);
    co_await server.journal(next);
}

// The test:
TEST(Durable, WhatWasAnsweredIsOnTheDiskWheneverThePowerFails)
{
    Server server;
    for (int i = 0; i < 3; ++i) server.tasks.spawn("increment", increment(server));
    int too_early = 0;
    for (int second = 0; second < 2; ++second) {
        do {
            too_early += std::ranges::includes(server.disk, server.answered) ? 0 : 1;
        } while (server.step());
        server.clock.advance(std::chrono::seconds(1));
    }
    EXPECT_EQ(too_early, 0) << "told, and not on the disk";
    EXPECT_THAT(server.answered, testing::ElementsAre(1, 2, 3));
}

}  // namespace
