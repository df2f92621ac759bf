// accept() fails. What then: take the next who waits, wait a second, or stop? (The manual's page of
// accept says what each error means.)
#include "tests/support/stepped.hpp"

#include <cerrno>
#include <chrono>
#include <deque>
#include <utility>

#include <gtest/gtest.h>

namespace {

using mini_redis::runtime::awaitable;

enum class Then { next, wait, stop };

Then after(int error);

struct Listener : mini_redis::tests::Stepped {
    explicit Listener(std::deque<int> who) : waiting(std::move(who)) { tasks.spawn("run", run()); }

    // 0, or why nobody was accepted.
    int accept()
    {
        ++calls;
        if (trouble != 0) return trouble;
        const int error = waiting.front();
        waiting.pop_front();
        return error;
    }
    awaitable<void> run()
    {
        for (Then then = Then::next; !waiting.empty() && then != Then::stop && calls < 1000;) {
            const int error = accept();
            then = error == 0 ? Then::next : after(error);
            if (then == Then::wait) co_await pause(std::chrono::seconds(1));
        }
    }
    std::deque<int> waiting;  // clients, some of whom have gone
    int trouble = 0, calls = 0;
};

// Yours:
Then after(int error)
{
    return error == EBADF ? Then::stop : Then::next;
}

// The test:
TEST(ThreeKinds, OfNothingIsLeftIsTriedAgainLater)
{
    for (const int error : {EMFILE, ENFILE, ENOBUFS, ENOMEM}) {
        Listener listener({0});
        listener.trouble = error;
        for (int second = 0; second < 10; ++second) listener.advance(std::chrono::seconds(1));
        EXPECT_LE(listener.calls, 11) << "calls within ten seconds";
        listener.trouble = 0;
        listener.advance(std::chrono::seconds(1));
        EXPECT_TRUE(listener.waiting.empty()) << "nobody looks any more";
    }
}

TEST(ThreeKinds, OfAClientWhoHasGoneHoldsUpNobody)
{
    Listener listener({ECONNABORTED, EPROTO, EPERM, ECONNABORTED, 0});
    listener.settle();
    EXPECT_TRUE(listener.waiting.empty()) << "who has gone makes others wait";
    listener.advance(std::chrono::hours(1));
}

TEST(ThreeKinds, OfOurOwnFaultIsTriedOnce)
{
    for (const int error : {EBADF, EINVAL, ENOTSOCK}) {
        Listener listener({0});
        listener.trouble = error;
        listener.settle();
        EXPECT_EQ(listener.calls, 1);
        EXPECT_EQ(listener.tasks.size(), 0) << "it is no socket, and will be none";
        listener.end();
    }
}

}  // namespace
