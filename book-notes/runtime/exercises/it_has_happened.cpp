// Something that happens once, and that any number of tasks may wait for: before and afterwards.
#include "book-notes/runtime/tiny_runtime.hpp"

#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace {

using tiny::Coroutine;
using Queue = std::vector<Coroutine>;

struct Waiting {
    ~Waiting()
    {
        for (const Coroutine who : waiting) who.destroy();
    }
    std::vector<Coroutine> waiting;
};

// Yours:
struct Event : Waiting {
    bool await_ready() const { return false; }
    void await_suspend(Coroutine who) { waiting.push_back(who); }
    void await_resume() const {}
    // Who is in the queue goes on in its turn.
    void happen(Queue&)
    {
        for (const Coroutine who : std::exchange(waiting, {})) who.resume();
    }
};

// The test:
tiny::Task wait(Event& event, int& woken)
{
    co_await event;
    ++woken;
}

TEST(ItHasHappened, WhoComesLateDoesNotWait)
{
    Event event;
    Queue queue;
    int woken = 0;
    event.happen(queue);
    wait(event, woken);
    EXPECT_EQ(woken, 1) << "waits for what has happened already";
}

TEST(ItHasHappened, NobodyRunsInsideOfTheOneWhoTellsIt)
{
    Event event;
    Queue queue{std::noop_coroutine()};  // somebody else
    int woken = 0;
    for (int i = 0; i < 3; ++i) wait(event, woken);
    event.happen(queue);
    event.happen(queue);
    EXPECT_EQ(woken, 0);
    ASSERT_EQ(queue.size(), 4) << "somebody is in it twice, or not at all";
    EXPECT_TRUE(event.waiting.empty()) << "they are woken, and wait still";
    event.waiting.clear();
    for (const Coroutine who : std::exchange(queue, {})) who.resume();
    EXPECT_EQ(woken, 3);
}

}  // namespace
