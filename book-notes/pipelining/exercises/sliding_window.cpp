// A hundred questions to somebody who can have 32 of them under way. Each takes a second, and the
// first takes four.
#include "server/runtime/semaphore.hpp"
#include "tests/support/stepped.hpp"

#include <algorithm>
#include <chrono>

#include <gtest/gtest.h>

namespace {

using mini_redis::runtime::awaitable;
using mini_redis::runtime::Semaphore;
using mini_redis::runtime::TaskGroup;

struct Peer : mini_redis::tests::Stepped {
    awaitable<void> ask(int number)
    {
        most = std::max(most, ++under_way);
        co_await pause(std::chrono::seconds(number == 0 ? 4 : 1));
        --under_way;
        ++answered;
    }
    int under_way = 0, most = 0, answered = 0;
};

// Yours:
awaitable<void> ask_all(Peer& peer)
{
    for (int number = 0; number < 100; ++number) co_await peer.ask(number);
}

// The test:
awaitable<void> ask_and_count(Peer& peer, int& answered)
{
    co_await ask_all(peer);
    answered = peer.answered;
}

TEST(SlidingWindow, NeverHasMoreThan32UnderWayAndIsSoonDone)
{
    Peer peer;
    int answered = 0;
    peer.tasks.spawn("ask", ask_and_count(peer, answered));
    const int seconds = peer.seconds_until_idle();
    EXPECT_EQ(answered, 100) << "answered when it returned";
    EXPECT_LE(peer.most, 32) << "under way at once";
    EXPECT_LE(seconds, 4) << "seconds for a hundred questions";
}

}  // namespace
