// Ten clients add one to a counter, each with a second's wait on the way: in the middle of it, with
// two kinds of lock, and with the wait before it. Time stands still until it is moved.
#include "server/runtime/manual_clock.hpp"
#include "server/runtime/semaphore.hpp"
#include "server/runtime/task_group.hpp"

#include <atomic>
#include <cstdio>

namespace {

namespace runtime = mini_redis::runtime;
namespace asio = runtime::asio;
using runtime::awaitable;

constexpr int clients = 10;

// A mutex, but for one thing: it does not ask for ever.
class Mutex {
public:
    bool lock()
    {
        for (int tries = 0; locked_.exchange(true); ++tries)
            if (tries == 1'000'000) return false;
        return true;
    }
    void unlock() { locked_ = false; }

private:
    std::atomic<bool> locked_{false};
};

struct World {
    asio::io_context context;
    runtime::ManualClock clock;
    runtime::TaskGroup tasks{context.get_executor(), [](auto, const auto&) {}, clock};
    runtime::Semaphore one{context.get_executor(), 1};
    Mutex mutex;
    int stuck = 0;
    int counter = 0;

    // As if the change had to be written to a disk.
    awaitable<void> journal()
    {
        runtime::Alarm alarm(context.get_executor(), clock);
        co_await alarm.wait_for(std::chrono::seconds(1));
    }
};

awaitable<void> no_lock(World& world)
{
    const int got = world.counter;
    co_await world.journal();
    world.counter = got + 1;
}

awaitable<void> mutex_over_the_wait(World& world)
{
    if (!world.mutex.lock()) {
        ++world.stuck;
        co_return;
    }
    const int got = world.counter;
    co_await world.journal();
    world.counter = got + 1;
    world.mutex.unlock();
}

awaitable<void> permit_over_the_wait(World& world)
{
    const runtime::Semaphore::Permit permit = co_await world.one.acquire();
    const int got = world.counter;
    co_await world.journal();
    world.counter = got + 1;
}

awaitable<void> wait_first(World& world)
{
    co_await world.journal();
    const int got = world.counter;
    world.counter = got + 1;
}

void tell(const char* name, awaitable<void> (*add)(World&))
{
    World world;
    for (int i = 0; i < clients; ++i) world.tasks.spawn("add", add(world));
    int seconds = 0;
    for (;; ++seconds) {
        world.context.restart();
        world.context.poll();
        if (world.tasks.size() == 0) break;
        world.clock.advance(std::chrono::seconds(1));
    }
    std::printf("%-30s counter %2d   stuck %d   over after %2d s\n", name, world.counter,
                world.stuck, seconds);
}

}  // namespace

int main()
{
    tell("no lock, a wait in the middle", no_lock);
    tell("a mutex over the wait", mutex_over_the_wait);
    tell("a permit over the wait", permit_over_the_wait);
    tell("the wait first, then one step", wait_first);
}
