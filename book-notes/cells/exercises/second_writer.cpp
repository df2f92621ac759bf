// Two threads count to ten each with the server's counter, which is made for one writer. They
// are held where another one can come in between, so that what may happen does.
#include "server/runtime/counter.hpp"

#include <barrier>
#include <cstdint>
#include <thread>

#include <gtest/gtest.h>

namespace {

using mini_redis::runtime::Counter;

// Yours:
struct Counted {
    Counter number;
    Counter& of([[maybe_unused]] int thread) { return number; }
    std::uint64_t sum() const { return number.get(); }
};

// The test:
TEST(SecondWriter, LosesNothing)
{
    Counted counted;
    std::barrier<> both(2);
    const auto count = [&](int thread) {
        for (int i = 0; i < 10; ++i) {
            Counter& counter = counted.of(thread);
            // As add() does, with a pause in the middle.
            const std::uint64_t got = counter.get();
            both.arrive_and_wait();
            counter.set(got + 1);
            both.arrive_and_wait();
        }
    };
    std::thread other(count, 1);
    count(0);
    other.join();
    counted.of(0).add();
    EXPECT_EQ(counted.sum(), 21) << "two have written, one has counted";
}

}  // namespace
