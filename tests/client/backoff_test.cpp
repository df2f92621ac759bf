// Pauses between attempts: doubling, bounded, and anything from nothing to that.
#include "client/backoff.hpp"

#include <gtest/gtest.h>

namespace mini_redis::tests {
namespace {

using namespace std::chrono_literals;

TEST(Backoff, DoublesUpToItsMaximum)
{
    client::Backoff backoff(100ms, 1s);
    for (const auto most : {100ms, 200ms, 400ms, 800ms, 1000ms, 1000ms})
        EXPECT_EQ(backoff.next(0.5), most / 2);
}

TEST(Backoff, IsAnythingFromNothingToTheMost)
{
    client::Backoff backoff(100ms, 1s);
    EXPECT_EQ(backoff.next(0), 0ms);
    EXPECT_EQ(backoff.next(0.25), 50ms);
    EXPECT_LT(backoff.next(0.999), 400ms);
}

TEST(Backoff, BeginsAnewAfterASuccess)
{
    client::Backoff backoff(100ms, 1s);
    for (int i = 0; i < 10; ++i) backoff.next(0);
    backoff.reset();
    EXPECT_EQ(backoff.next(0.5), 50ms);
}

TEST(Backoff, NeverExceedsAMaximumThatIsLessThanTheFirst)
{
    client::Backoff backoff(5s, 1s);
    for (int i = 0; i < 100; ++i) EXPECT_LE(backoff.next(0.999), 1s);
}

}  // namespace
}  // namespace mini_redis::tests
