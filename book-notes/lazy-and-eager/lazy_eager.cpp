// Two waits of a second each, described and begun in several orders. The clock is moved by hand, so
// what is told is who began when, and how long it took.
#include "server/runtime/manual_clock.hpp"
#include "server/runtime/task_group.hpp"

#include <cstdio>
#include <string>
#include <utility>

#include <boost/asio/deferred.hpp>

namespace {

namespace runtime = mini_redis::runtime;
namespace asio = runtime::asio;
using runtime::awaitable;

struct World {
    asio::io_context context;
    runtime::ManualClock clock;
    runtime::TaskGroup tasks{context.get_executor(), [](auto, const auto&) {}, clock};
    std::string story;

    void note(const std::string& what) { story += " " + what; }
};

awaitable<void> wait(World& world, const char* name)
{
    world.note(std::string("begin-") + name);
    runtime::Alarm alarm(world.context.get_executor(), world.clock);
    co_await alarm.wait_for(std::chrono::seconds(1));
    world.note(std::string("end-") + name);
}

awaitable<void> described_first(World& world)
{
    awaitable<void> a = wait(world, "a");
    awaitable<void> b = wait(world, "b");
    world.note("both-made");
    co_await std::move(a);
    co_await std::move(b);
}

awaitable<void> begun_first(World& world)
{
    runtime::TaskGroup both(world.context.get_executor(), [](auto, const auto&) {});
    both.spawn("a", wait(world, "a"));
    both.spawn("b", wait(world, "b"));
    world.note("both-made");
    co_await both.join();
}

awaitable<void> never_awaited(World& world)
{
    const awaitable<void> a = wait(world, "a");
    world.note("made");
    co_return;
}

// A recipe of Asio's: what is to be done, as a value that can be copied and done again.
awaitable<void> recipe(World& world)
{
    const auto turn = asio::post(world.context, asio::deferred);
    world.note("made");
    for (int i = 0; i < 3; ++i) {
        co_await turn(asio::use_awaitable_t<runtime::Executor>{});
        world.note("done");
    }
}

void tell(const char* name, awaitable<void> (*start)(World&))
{
    World world;
    world.tasks.spawn(name, start(world));
    int seconds = 0;
    for (;; ++seconds) {
        world.context.restart();
        world.context.poll();
        if (world.tasks.size() == 0) break;
        world.clock.advance(std::chrono::seconds(1));
    }
    std::printf("%-16s %d s %s\n", name, seconds, world.story.c_str());
}

}  // namespace

int main()
{
    tell("described, then", described_first);
    tell("begun, then", begun_first);
    tell("never awaited", never_awaited);
    tell("a recipe", recipe);
}
