// A thousand sleepers and four hashes, each on one thread and otherwise. Time stands
// still until it is moved, so what is told is how long it would have taken.
#include "server/runtime/manual_clock.hpp"
#include "server/runtime/task_group.hpp"
#include "server/runtime/worker_pool.hpp"

#include <algorithm>
#include <cstdio>
#include <latch>
#include <mutex>

namespace {

namespace runtime = mini_redis::runtime;
namespace asio = runtime::asio;
using runtime::awaitable;

constexpr std::chrono::seconds one_second{1};

// How many are in the middle of something at the same moment, and how many there have been at most.
class Middle {
public:
    void enter()
    {
        const std::lock_guard lock(mutex_);
        most_ = std::max(most_, ++inside_);
    }
    void leave()
    {
        const std::lock_guard lock(mutex_);
        --inside_;
    }
    int most() const { return most_; }

private:
    std::mutex mutex_;
    int inside_ = 0;
    int most_ = 0;
};

struct World {
    asio::io_context context;
    runtime::ManualClock clock;
    runtime::TaskGroup tasks{context.get_executor(), [](auto, const auto&) {}, clock};

    // Lets everybody run, and moves the clock on whenever all that is left is waiting.
    int seconds_until_all_have_ended()
    {
        for (int seconds = 0;; ++seconds) {
            context.restart();
            context.poll();
            if (tasks.size() == 0) return seconds;
            clock.advance(one_second);
        }
    }
};

awaitable<void> sleeper(World& world, Middle& asleep)
{
    runtime::Alarm alarm(world.context.get_executor(), world.clock);
    asleep.enter();
    co_await alarm.wait_for(one_second);
    asleep.leave();
}

awaitable<void> sleep_in_turn(World& world, Middle& asleep)
{
    for (int i = 0; i < 1000; ++i) co_await sleeper(world, asleep);
}

// A hash has nothing to wait for: it holds its thread from its first byte to its last.
awaitable<void> here(Middle& hashing)
{
    hashing.enter();
    hashing.leave();
    co_return;
}

// On the pool each waits until all four have begun: on fewer than four threads it would never end.
awaitable<void> elsewhere(runtime::WorkerPool& pool, Middle& hashing, std::latch& begun)
{
    co_await pool.run([&hashing, &begun] {
        hashing.enter();
        begun.arrive_and_wait();
        hashing.leave();
    });
}

}  // namespace

int main()
{
    for (const bool in_turn : {true, false}) {
        World world;
        Middle asleep;
        for (int i = 0; i < (in_turn ? 0 : 1000); ++i)
            world.tasks.spawn("sleeper", sleeper(world, asleep));
        if (in_turn) world.tasks.spawn("in turn", sleep_in_turn(world, asleep));
        const int seconds = world.seconds_until_all_have_ended();
        std::printf("1000 sleepers, %-18s asleep at once:  %4d   over after %d s\n",
                    in_turn ? "in turn" : "begun together", asleep.most(), seconds);
    }
    World world;
    Middle on_one;
    for (int i = 0; i < 4; ++i) world.tasks.spawn("hash", here(on_one));
    world.seconds_until_all_have_ended();
    std::printf("4 hashes, on one thread           hashing at once: %4d\n", on_one.most());

    runtime::WorkerPool pool({.threads = 4});
    Middle on_four;
    std::latch begun(4);
    for (int i = 0; i < 4; ++i) world.tasks.spawn("hash", elsewhere(pool, on_four, begun));
    world.context.restart();
    world.context.run();
    std::printf("4 hashes, on four threads         hashing at once: %4d\n", on_four.most());
}
