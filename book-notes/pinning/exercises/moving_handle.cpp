// A letter is under way to each of two boxes, and then the boxes change places.
#include "tests/support/stepped.hpp"

#include <memory>
#include <string>
#include <utility>

#include <gtest/gtest.h>

namespace {

namespace asio = mini_redis::runtime::asio;
using mini_redis::runtime::Executor;

// Yours:
struct Box {
    Box(const Executor& post, const char* letter)
    {
        asio::post(post, [this, letter] { held = letter; });
    }
    std::string read() const { return held; }

    std::string held;
};

// The test:
TEST(MovingHandle, ALetterFollowsItsBox)
{
    mini_redis::tests::Stepped world;
    Box left(world.executor(), "for Ann");
    Box right(world.executor(), "for Bob");
    std::swap(left, right);
    EXPECT_EQ(left.read() + right.read(), "") << "the letters are under way";
    world.settle();
    EXPECT_EQ(left.read(), "for Bob") << "Bob's box stands on the left";
    EXPECT_EQ(right.read(), "for Ann");
}

}  // namespace
