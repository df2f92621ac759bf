// One task reads two subscribers, of which one is busy: in turn as long as both have something, and
// without waiting for one while the other has.
#include "server/runtime/notify.hpp"
#include "tests/support/stepped.hpp"

#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace {

using mini_redis::runtime::awaitable;

struct Subscribers : mini_redis::tests::Stepped {
    // There is a message of each letter.
    void say(std::string_view messages)
    {
        for (const char message : messages) ++(message == 'a' ? a : b);
        bell.notify();
    }
    void take_a()
    {
        --a;
        taken += 'a';
    }
    void take_b()
    {
        --b;
        taken += 'b';
    }
    awaitable<void> news() { return bell.wait(); }

    int a = 0, b = 0;  // that wait to be taken
    std::string taken;
    mini_redis::runtime::Notify bell{executor()};
};

// Yours:
awaitable<void> read(Subscribers& from)
{
    for (;;) {
        while (from.a != 0) from.take_a();
        while (from.b != 0) from.take_b();
        co_await from.news();
    }
}

// The test:
std::string read_of(std::string_view first, std::string_view then)
{
    Subscribers from;
    from.tasks.spawn("read", read(from));
    for (const std::string_view messages : {first, then}) {
        from.say(messages);
        from.settle();
    }
    from.end();
    return from.taken;
}

TEST(InTurn, TakesThemWhileBothHaveSomething)
{
    EXPECT_EQ(read_of("aaaaaabb", "").substr(0, 4), "abab") << "b has to wait until a is silent";
}

TEST(InTurn, WaitsForNeitherWhileTheOtherHasSomething)
{
    EXPECT_EQ(read_of("aaa", "bbb"), "aaabbb");
    EXPECT_EQ(read_of("bbb", "aaa"), "bbbaaa");
}

}  // namespace
