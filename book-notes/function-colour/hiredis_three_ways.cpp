// One question, asked by hiredis, a C library that blocks: on the loop, on a pool, and on the loop
// without blocking. The other side answers when a heart on the loop has beaten three times.
#include "server/runtime/task_group.hpp"
#include "server/runtime/worker_pool.hpp"

#include <atomic>
#include <cstdio>
#include <fcntl.h>
#include <memory>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

#include <boost/asio/posix/basic_stream_descriptor.hpp>
#include <hiredis/hiredis.h>

namespace {
namespace runtime = mini_redis::runtime;
namespace asio = runtime::asio;
using runtime::awaitable;
using Descriptor = asio::posix::basic_stream_descriptor<runtime::Executor>;
using Reply = std::unique_ptr<redisReply, void (*)(void*)>;

struct World {
    World()
    {
        int ends[2] = {};
        if (::socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0) throw std::bad_alloc();
        hiredis = redisConnectFd(ends[0]);
        peer = std::thread([this, end = ends[1]] {
            char question[64];
            const bool asked = ::read(end, question, sizeof question) > 0;
            for (int now = beats; now < 3; now = beats) beats.wait(now);
            if (asked && ::write(end, "+PONG\r\n", 7) != 7) std::puts("it has gone");
            ::close(end);
        });
    }
    ~World()
    {
        peer.join();
        redisFree(hiredis);
    }

    redisContext* hiredis;
    std::atomic<int> beats{0};
    std::thread peer;
    Reply reply{nullptr, freeReplyObject};
};

awaitable<void> turn_of_the_loop()
{
    const runtime::Executor executor = co_await asio::this_coro::executor;
    co_await asio::post(executor, asio::use_awaitable_t<runtime::Executor>{});
}

awaitable<void> heart(World& world)
{
    for (; world.beats < 3; world.beats.notify_all()) {
        co_await turn_of_the_loop();
        ++world.beats;
    }
}

void ask(World& world)
{
    world.reply.reset(static_cast<redisReply*>(redisCommand(world.hiredis, "PING")));
}

awaitable<void> on_the_loop(World& world)
{
    redisSetTimeout(world.hiredis, {0, 100'000});  // or it would never end
    ask(world);
    co_return;
}

awaitable<void> on_a_pool(World& world)
{
    runtime::WorkerPool pool;
    co_await pool.run([&world] { ask(world); });
}

// hiredis writes and parses; to wait for its descriptor is Asio's.
// Book: function-colour/split. A library that lets you wait for its descriptor need not block.
awaitable<void> without_blocking(World& world)
{
    redisContext* const hiredis = world.hiredis;
    ::fcntl(hiredis->fd, F_SETFL, O_NONBLOCK);
    hiredis->flags &= ~REDIS_BLOCK;
    Descriptor descriptor(co_await asio::this_coro::executor, hiredis->fd);
    redisAppendCommand(hiredis, "PING");
    for (int done = 0; redisBufferWrite(hiredis, &done) == REDIS_OK && done == 0;)
        co_await descriptor.async_wait(Descriptor::wait_write, runtime::use_tuple);
    void* reply = nullptr;
    while (redisGetReplyFromReader(hiredis, &reply) == REDIS_OK && !reply) {
        co_await descriptor.async_wait(Descriptor::wait_read, runtime::use_tuple);
        if (redisBufferRead(hiredis) != REDIS_OK) break;
    }
    world.reply.reset(static_cast<redisReply*>(reply));
    descriptor.release();  // it is hiredis who closes it
}

void show(const char* way, awaitable<void> (*question)(World&))
{
    World world;
    asio::io_context context;
    runtime::TaskGroup tasks(context.get_executor(), [](auto, const auto&) {});
    tasks.spawn("question", question(world));
    tasks.spawn("heart", heart(world));
    context.run();
    std::printf("%-18s %s\n", way, world.reply ? world.reply->str : world.hiredis->errstr);
}

}  // namespace

int main()
{
    show("on the loop", on_the_loop);
    show("on a pool", on_a_pool);
    show("without blocking", without_blocking);
}
