// A heart that beats once a turn of the loop, and a job of a thousand pieces beside it: at once, in
// portions, and on another thread.
#include "server/runtime/task_group.hpp"
#include "server/runtime/worker_pool.hpp"

#include <algorithm>
#include <cstdio>

namespace {

namespace runtime = mini_redis::runtime;
namespace asio = runtime::asio;
using runtime::awaitable;

constexpr int pieces = 1000;

// Time is counted in pieces of the job: what else would a beat wait for?
struct World {
    int done = 0;
    int last_beat = 0;
    int longest_gap = 0;
    int beats = 0;
    bool over = false;

    void beat()
    {
        ++beats;
        longest_gap = std::max(longest_gap, done - last_beat);
        last_beat = done;
    }
};

awaitable<void> turn_of_the_loop()
{
    const runtime::Executor executor = co_await asio::this_coro::executor;
    co_await asio::post(executor, asio::use_awaitable_t<runtime::Executor>{});
}

awaitable<void> heart(World& world)
{
    while (!world.over) {
        co_await turn_of_the_loop();
        world.beat();
    }
}

// `portion` pieces, then a turn for the others.
awaitable<void> job(World& world, int portion)
{
    while (world.done < pieces) {
        for (int i = 0; i < portion && world.done < pieces; ++i) ++world.done;
        co_await turn_of_the_loop();
    }
    world.over = true;
}

awaitable<void> job_elsewhere(World& world, runtime::WorkerPool& pool)
{
    int done = 0;  // by the other thread: nobody else looks at it before the call has ended
    co_await pool.run([&done] {
        while (done < pieces) ++done;
    });
    world.beat();
    world.done = done;
    world.last_beat = done;
    world.over = true;
}

void show(const char* how, awaitable<void> (*start)(World&))
{
    asio::io_context context;
    World world;
    runtime::TaskGroup tasks(context.get_executor(), [](auto, const auto&) {});
    tasks.spawn("heart", heart(world));
    tasks.spawn("job", start(world));
    context.run();
    std::printf("%-20s longest time between two beats: %d pieces\n", how, world.longest_gap);
}

}  // namespace

int main()
{
    show("all at once", [](World& world) { return job(world, pieces); });
    show("a hundred at a time", [](World& world) { return job(world, 100); });
    show("on another thread", [](World& world) -> awaitable<void> {
        static runtime::WorkerPool pool;
        return job_elsewhere(world, pool);
    });
}
