// A parent with a buffer, a reader that fills it for three seconds, and a writer that fails after
// one. What is still going on when the parent has gone?
#include "tests/support/stepped.hpp"

#include <chrono>
#include <stdexcept>

#include <gtest/gtest.h>

namespace {

using namespace std::chrono_literals;
using mini_redis::runtime::awaitable;
using mini_redis::runtime::TaskGroup;

struct House : mini_redis::tests::Stepped {
    awaitable<void> seconds(int count)
    {
        for (; count != 0; --count) {
            co_await pause(1s);
            if (!buffer_is_there) ++used_too_late;
        }
    }
    awaitable<void> reader()
    {
        co_await seconds(3);
        has_read = true;
    }
    awaitable<void> writer()
    {
        co_await seconds(1);
        throw std::runtime_error("the disk is full");
    }
    bool buffer_is_there = false, has_read = false;
    int used_too_late = 0;
};

struct Buffer {
    explicit Buffer(House& in) : house(in) { house.buffer_is_there = true; }
    ~Buffer() { house.buffer_is_there = false; }
    House& house;
};

// Yours:
awaitable<void> copy(House& house)
{
    const Buffer buffer(house);
    house.tasks.spawn("reader", house.reader());
    co_await house.writer();
}

// The test:
TEST(HalfWay, NobodyUsesABufferThatIsGone)
{
    House house;
    house.tasks.spawn("copy", copy(house));
    house.settle();
    for (int second = 0; second < 5; ++second) house.advance(1s);
    EXPECT_EQ(house.used_too_late, 0) << "times a buffer was used that is gone";
    EXPECT_TRUE(house.has_read) << "nobody has read to the end";
    EXPECT_NE(house.faults, "") << "nobody has heard that the disk is full";
    EXPECT_EQ(house.tasks.size(), 0);
}

}  // namespace
