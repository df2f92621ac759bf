// The loop of a runtime: who can go on is resumed, and the reactor is asked who else can.
#include "book-notes/runtime/tiny_runtime.hpp"

#include <deque>

#include <gtest/gtest.h>

namespace {

using tiny::Coroutine;
using Queue = std::deque<Coroutine>;

// Leaves word in the queue.
struct Join {
    Queue& queue;
    bool await_ready() const { return false; }
    void await_suspend(Coroutine who) { queue.push_back(who); }
    void await_resume() const {}
};

struct Runtime {
    // Asks the kernel. When it is asked for the second time, a reply has come.
    bool react()
    {
        if (++asked == 2) queue.insert(queue.end(), readers.begin(), readers.end());
        return !queue.empty();
    }
    Queue queue, readers;
    int asked = 0;
};

// Yours:
void run(Runtime& runtime)
{
    while (runtime.react()) {
        while (!runtime.queue.empty()) {
            const Coroutine who = runtime.queue.front();
            runtime.queue.pop_front();
            who.resume();
        }
    }
}

// The test:
tiny::Task read(Runtime& runtime, bool& replied)
{
    co_await Join{runtime.readers};
    replied = true;
}

tiny::Task take_turns(Runtime& runtime, const bool& enough, int& turns)
{
    for (; !enough && turns < 1000; ++turns) co_await Join{runtime.queue};
}

TEST(InRounds, WhoTakesTurnsDoesNotKeepTheReactorFromBeingAsked)
{
    Runtime runtime;
    bool replied = false;
    int turns = 0;
    read(runtime, replied);
    take_turns(runtime, replied, turns);
    run(runtime);
    EXPECT_TRUE(replied);
    EXPECT_LE(turns, 10) << "turns before anybody looked for the reply: " << turns;
}

TEST(InRounds, TheKernelIsNotAskedForEachOne)
{
    Runtime runtime;
    const bool enough = false;
    int turns[100] = {};
    for (int& each : turns) take_turns(runtime, enough, each);
    run(runtime);
    EXPECT_LE(runtime.asked, 1001) << "the reactor is asked more often than once a round";
    for (const int each : turns) EXPECT_EQ(each, 1000) << "somebody is forgotten";
}

}  // namespace
