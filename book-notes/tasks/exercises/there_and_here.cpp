// A disk blocks whoever asks it, so it is asked by a pool. The loop's own things it may not touch.
#include "server/runtime/worker_pool.hpp"
#include "tests/support/stepped.hpp"

#include <string>
#include <thread>

#include <gtest/gtest.h>

namespace {

namespace runtime = mini_redis::runtime;
using runtime::awaitable;

struct World : mini_redis::tests::Stepped {
    // Blocks.
    int ask_disk()
    {
        if (here()) wrong = "the loop waited for the disk";
        asked = true;
        return 7;
    }
    void show(int number)
    {
        if (!here()) wrong = "a thread of the pool touched what belongs to the loop";
        shown = number;
    }
    bool here() const { return std::this_thread::get_id() == loop; }

    const std::thread::id loop = std::this_thread::get_id();
    bool asked = false;
    int shown = 0;
    std::string wrong;
};

// Yours:
awaitable<void> ask_and_show(World& world, runtime::WorkerPool&)
{
    world.show(world.ask_disk());
    co_return;
}

// The test:
TEST(ThereAndHere, EachOnItsOwnThread)
{
    World world;
    runtime::WorkerPool pool;
    world.tasks.spawn("ask and show", ask_and_show(world, pool));
    world.run_until_idle();
    EXPECT_TRUE(world.asked) << "nobody has asked the disk";
    EXPECT_EQ(world.shown, 7);
    EXPECT_EQ(world.wrong, "");
}

}  // namespace
