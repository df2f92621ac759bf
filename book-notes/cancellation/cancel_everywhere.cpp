// Three sessions that carry letters from a box to a desk, each cancelled once, after every possible
// step, and begun again. Each letter has to arrive once.
#include "server/runtime/notify.hpp"
#include "server/runtime/task_group.hpp"

#include <cstdio>
#include <deque>
#include <string>
#include <vector>

namespace {

namespace runtime = mini_redis::runtime;
namespace asio = runtime::asio;
using runtime::awaitable;

using Letters = std::deque<std::string>;
const Letters all{"a", "b", "c"};

// What outlives a session. The way from the box to the desk is something to wait for.
struct World {
    explicit World(asio::io_context& context)
        : executor(context.get_executor()), bell(executor), road(executor)
    {
    }

    awaitable<void> way()
    {
        road.expires_at(runtime::Timer::time_point::min());
        co_await road.async_wait(asio::use_awaitable_t<runtime::Executor>{});
    }

    runtime::Executor executor;
    runtime::Notify bell;
    runtime::Timer road;
    Letters box;
    Letters desk;
};

awaitable<void> takes_first(World& world)
{
    for (;;) {
        while (world.box.empty()) co_await world.bell.wait();
        const std::string letter = world.box.front();
        world.box.pop_front();
        co_await world.way();
        world.desk.push_back(letter);
    }
}

awaitable<void> takes_last(World& world)
{
    for (;;) {
        while (world.box.empty()) co_await world.bell.wait();
        world.desk.push_back(world.box.front());
        co_await world.way();
        world.box.pop_front();
    }
}

awaitable<void> takes_in_one_step(World& world)
{
    for (;;) {
        while (world.box.empty()) co_await world.bell.wait();
        co_await world.way();
        world.desk.push_back(world.box.front());
        world.box.pop_front();
    }
}

// One handler is one step. Letters come when nothing else is to be done.
// Book: cancellation/everywhere. The loop is moved by hand, and every step is a place to cancel.
Letters delivered(awaitable<void> (*session)(World&), int cancelled_at)
{
    asio::io_context context;
    const auto work = asio::make_work_guard(context);
    World world(context);
    runtime::TaskGroup tasks(world.executor, [](auto, const auto&) {});
    Letters to_come = all;
    for (int step = 0;; ++step) {
        if (step == cancelled_at) tasks.cancel();
        if (tasks.size() == 0) tasks.spawn("session", session(world));
        if (context.poll_one() != 0) continue;
        if (!to_come.empty()) {
            world.box.push_back(to_come.front());
            to_come.pop_front();
            world.bell.notify();
        } else if (step > cancelled_at) {
            return world.desk;
        }
    }
}

void explore(const char* name, awaitable<void> (*session)(World&))
{
    constexpr int steps = 30;
    int lost = 0;
    int twice = 0;
    for (int cancelled_at = 0; cancelled_at < steps; ++cancelled_at) {
        const Letters letters = delivered(session, cancelled_at);
        lost += letters.size() < all.size() ? 1 : 0;
        twice += letters.size() > all.size() ? 1 : 0;
    }
    std::printf("%-18s %d schedules: a letter lost in %d, delivered twice in %d; undisturbed: %s\n",
                name, steps, lost, twice, delivered(session, -1) == all ? "right" : "wrong");
}

}  // namespace

int main()
{
    explore("takes first", takes_first);
    explore("takes last", takes_last);
    explore("takes in one step", takes_in_one_step);
}
