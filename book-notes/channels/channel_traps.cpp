// Three things that a queue between tasks has to survive: a reader that is cancelled, an end, and a
// sender who finds it full. Asio's experimental channel (Boost 1.81) beside the server's mailbox.
#include "server/runtime/mailbox.hpp"
#include "server/runtime/task_group.hpp"

#include <cstdio>

#include <boost/asio/experimental/channel.hpp>

namespace {

namespace runtime = mini_redis::runtime;
namespace asio = runtime::asio;
using runtime::awaitable;

using Channel =
    asio::experimental::basic_channel<runtime::Executor, asio::experimental::channel_traits<>,
                                      void(runtime::error_code, int)>;
using Mailbox = runtime::Mailbox<int>;

struct World {
    asio::io_context context;
    runtime::TaskGroup tasks{context.get_executor(), [](auto, const auto&) {}};
    int received = 0;
    bool told = false;

    void run()
    {
        context.restart();
        context.poll();
    }
};

awaitable<void> receive(World& world, Channel& channel)
{
    for (;;) {
        const auto [error, letter] = co_await channel.async_receive(runtime::use_tuple);
        if (error) co_return;
        ++world.received;
    }
}

awaitable<void> receive(World& world, Mailbox& box)
{
    while (!box.drained()) {
        co_await box.wait();
        box.drain([&world](int) { ++world.received; });
    }
}

awaitable<void> send_one(World& world, Channel& channel)
{
    co_await channel.async_send(runtime::error_code(), 1, runtime::use_tuple);
    world.told = true;
}

awaitable<void> send_one(World& world, Mailbox& box)
{
    world.told = box.send(1, 1) != runtime::Delivery::accepted;
    co_return;
}

bool put(Channel& channel)
{
    return channel.try_send(runtime::error_code(), 1);
}

bool put(Mailbox& box)
{
    return box.send(1, 1) == runtime::Delivery::accepted;
}

// `make(executor, bound)` makes a queue that holds so many letters.
template <class Make>
void try_out(const char* name, Make make)
{
    {
        World world;
        auto queue = make(world.context.get_executor(), 16);
        world.tasks.spawn("reader", receive(world, *queue));
        world.run();
        world.tasks.cancel();
        world.run();
        std::printf("%-8s a reader was cancelled; the queue is empty, and a letter is %s\n", name,
                    put(*queue) ? "taken" : "refused");
    }
    {
        World world;
        auto queue = make(world.context.get_executor(), 16);
        for (int i = 0; i < 3; ++i) put(*queue);
        queue->close();
        world.tasks.spawn("reader", receive(world, *queue));
        world.run();
        std::printf("%-8s closed with three letters in it: %d are received\n", "", world.received);
    }
    World world;
    auto queue = make(world.context.get_executor(), 1);
    put(*queue);
    world.tasks.spawn("sender", send_one(world, *queue));
    world.run();
    queue->close();
    world.run();
    std::printf("%-8s full, and then closed: its sender is %s\n", "",
                world.told ? "told" : "still waiting");
}

}  // namespace

int main()
{
    try_out("channel", [](runtime::Executor executor, std::size_t bound) {
        return std::make_unique<Channel>(executor, bound);
    });
    try_out("mailbox", [](runtime::Executor executor, std::size_t bound) {
        return std::make_unique<Mailbox>(executor, bound, runtime::Overflow::refuse);
    });
}
