// A layer that counts how often somebody has waited for something to read.
#include "tests/support/fake_transport.hpp"
#include "tests/support/stepped.hpp"

#include <gtest/gtest.h>

namespace {

namespace net = mini_redis::net;
namespace runtime = mini_redis::runtime;
using runtime::awaitable;
using runtime::Ended;

struct Counting {
    awaitable<Ended> readable();
    net::Transport& below;
    int began = 0;
    int ended = 0;
};

// Yours:
awaitable<Ended> Counting::readable()
{
    ++began;
    ++ended;
    return below.readable();
}

// The test:
awaitable<void> reader(Counting& counting)
{
    co_await counting.readable();
}

TEST(CountedWhenAwaited, WhatIsOnlyDescribedIsNotCounted)
{
    mini_redis::tests::Stepped world;
    mini_redis::tests::FakeTransport transport(world.executor(), {});
    Counting counting{transport};
    {
        const awaitable<Ended> described = counting.readable();
    }
    EXPECT_EQ(counting.began, 0) << "counted, and nobody has waited";
    world.tasks.spawn("reader", reader(counting));
    world.settle();
    EXPECT_EQ(counting.began, 1);
    EXPECT_EQ(counting.ended, 0) << "counted, and somebody waits still";
    transport.send("PING\r\n");
    world.settle();
    EXPECT_EQ(counting.ended, 1);
}

TEST(CountedWhenAwaited, AWaitThatIsCancelledHasEndedToo)
{
    mini_redis::tests::Stepped world;
    mini_redis::tests::FakeTransport transport(world.executor(), {});
    Counting counting{transport};
    world.tasks.spawn("reader", reader(counting));
    world.settle();
    world.end();
    EXPECT_EQ(counting.began, 1);
    EXPECT_EQ(counting.ended, 1);
}

}  // namespace
