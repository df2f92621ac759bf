// A bell for one listener. It may be rung before anybody listens, and more than once.
#include <functional>
#include <utility>

#include <gtest/gtest.h>

namespace {

struct Bell {
    void ring();
    void listen(std::function<void()> heard);
    std::function<void()> slot{};
    bool rung = false;
};

// Yours:
void Bell::ring()
{
    if (slot) slot();
}

void Bell::listen(std::function<void()> heard)
{
    slot = std::move(heard);
}

// The test:
TEST(AskedTooEarly, WhoListensLaterIsToldAtOnce)
{
    Bell bell;
    int told = 0;
    bell.ring();
    bell.listen([&told] { ++told; });
    EXPECT_EQ(told, 1) << "asked too early: waits for ever";
}

TEST(AskedTooEarly, WhoIsAskedTwiceIsToldOnce)
{
    Bell early, late;
    int told_early = 0, told_late = 0;
    early.ring();
    early.listen([&told_early] { ++told_early; });
    early.ring();
    late.listen([&told_late] { ++told_late; });
    EXPECT_EQ(told_late, 0) << "told, and nobody has asked";
    late.ring();
    late.ring();
    EXPECT_EQ(told_early, 1);
    EXPECT_EQ(told_late, 1);
}

}  // namespace
