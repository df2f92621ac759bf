// CONFIG REWRITE on a pool. What is called there must not touch what the loop owns, and two of the
// pool's threads may overtake each other.
#include "server/runtime/notify.hpp"
#include "server/runtime/semaphore.hpp"
#include "tests/support/stepped.hpp"

#include <functional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace {

namespace runtime = mini_redis::runtime;
using runtime::awaitable;

// The pool is played on this thread: a call is made when the test says so.
struct Server : mini_redis::tests::Stepped {
    // Calls it elsewhere, and returns when that is done.
    awaitable<void> on_pool(std::function<void()> function)
    {
        runtime::Notify made(executor());
        calls.push_back([&made, function] {
            function();
            made.notify();
        });
        co_await made.wait();
    }
    // The loop's.
    const std::string& config() const
    {
        EXPECT_FALSE(elsewhere) << "the pool reads what the loop may write";
        return text;
    }
    // The pool's.
    void write(const std::string& what)
    {
        EXPECT_TRUE(elsewhere) << "the loop waits for the disk";
        file = what;
    }
    void make_newest_call()
    {
        const auto call = calls.back();
        calls.pop_back();
        elsewhere = true;
        call();
        elsewhere = false;
    }

    std::string text, file;
    bool elsewhere = false;
    std::vector<std::function<void()>> calls;
    runtime::Semaphore permits{executor(), 1};
};

// Yours:
awaitable<void> rewrite(Server& server)
{
    const auto call = [&server] { server.write(server.config()); };
    co_await server.on_pool(call);
}

// The test:
TEST(RewriteElsewhere, TheFileIsAsItWasLastToldToBe)
{
    Server server;
    for (const char* told : {"one", "two", "three"}) {
        server.text = told;
        server.tasks.spawn("rewrite", rewrite(server));
        server.settle();
    }
    for (; !server.calls.empty(); server.settle()) server.make_newest_call();
    EXPECT_EQ(server.file, "three") << "an old rewrite came last";
    EXPECT_EQ(server.tasks.size(), 0);
}

}  // namespace
