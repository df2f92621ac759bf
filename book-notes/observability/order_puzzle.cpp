// Three clients, one of whom is never served: told by a log, and by a table of tasks.
#include "server/runtime/manual_clock.hpp"
#include "server/runtime/notify.hpp"
#include "server/runtime/semaphore.hpp"
#include "server/runtime/task_group.hpp"

#include <array>
#include <chrono>
#include <cstdio>

namespace {

namespace runtime = mini_redis::runtime;
namespace asio = runtime::asio;
using runtime::awaitable;
using std::chrono::seconds;

// Where a task is: it says so itself, in the step before it waits.
struct Place {
    const char* name;
    const char* waits_for = "its turn";
    runtime::Time::Point since;
};

struct World {
    asio::io_context context;
    runtime::ManualClock clock;
    runtime::Semaphore connections{context.get_executor(), 1};
    std::array<Place, 3> places{
        {{"ann", "its turn", {}}, {"bob", "its turn", {}}, {"cid", "its turn", {}}}};
    void log(const char* what) { std::printf("  %s\n", what); }
};

// Book: observability/where. Who is going to wait says first for what, and since when.
void waits(World& world, Place& place, const char* what)
{
    place.waits_for = what;
    place.since = world.clock.now();
}

// Asks a database by the one connection there is. Bob's query takes an hour.
awaitable<void> client(World& world, Place& place, seconds query)
{
    world.log("waiting for a connection");
    waits(world, place, "a connection");
    const runtime::Semaphore::Permit permit = co_await world.connections.acquire();
    world.log("have a connection");
    world.log("asking the database");
    waits(world, place, "the database");
    runtime::Alarm answer(world.context.get_executor(), world.clock);
    co_await answer.wait_for(query);
    world.log("done");
    waits(world, place, "nothing: it is done");
}

void let_pass(World& world, int how_many)
{
    for (int i = 0; i < how_many; ++i) {
        world.context.restart();
        world.context.poll();
        world.clock.advance(seconds(1));
    }
    world.context.restart();
    world.context.poll();
}

void show(const World& world)
{
    for (const Place& place : world.places) {
        const auto waited = std::chrono::duration_cast<seconds>(world.clock.now() - place.since);
        std::printf("  %s waits for %-20s since %2d s\n", place.name, place.waits_for,
                    static_cast<int>(waited.count()));
    }
}

}  // namespace

int main()
{
    World world;
    runtime::TaskGroup tasks(
        world.context.get_executor(), [](auto, const auto&) {}, world.clock);
    std::puts("the log:");
    tasks.spawn("client", client(world, world.places[0], seconds(2)));
    tasks.spawn("client", client(world, world.places[1], seconds(3600)));
    tasks.spawn("client", client(world, world.places[2], seconds(1)));
    let_pass(world, 30);
    std::puts("the table, after 30 s:");
    show(world);
    std::puts("the log, an hour later:");
    world.clock.advance(seconds(3600));
    let_pass(world, 5);
    std::printf("tasks left: %zu\n", tasks.size());
}
