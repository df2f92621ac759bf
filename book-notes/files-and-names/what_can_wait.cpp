// What a loop can wait for, and what is only said to be waited for: a file, and the disk behind it.
#include "server/runtime/task_group.hpp"
#include "server/runtime/worker_pool.hpp"

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <new>
#include <semaphore>
#include <string>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

#include <boost/asio/posix/basic_stream_descriptor.hpp>

namespace {

namespace runtime = mini_redis::runtime;
namespace asio = runtime::asio;

// A file of five bytes, without a name, gone with whoever closes it.
int small_file()
{
    char path[] = "/tmp/book-files-XXXXXX";
    const int file = ::mkstemp(path);
    if (file < 0 || ::unlink(path) != 0 || ::pwrite(file, "hello", 5, 0) != 5)
        throw std::bad_alloc();
    return file;
}

// The question that every loop on Linux asks before it waits for something.
void ask_epoll(const char* what, int descriptor)
{
    const int epoll = ::epoll_create1(EPOLL_CLOEXEC);
    epoll_event event{.events = EPOLLIN, .data = {}};
    const bool taken = ::epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event) == 0;
    std::printf("%-9s %s\n", what, taken ? "can be waited for" : std::strerror(errno));
    ::close(epoll);
    ::close(descriptor);
}

// The tempting one: it compiles, it works, and the name begins with async.
void read_by_asio(const char* what, int descriptor, int writer)
{
    asio::io_context context;
    asio::posix::basic_stream_descriptor<runtime::Executor> source(context.get_executor(),
                                                                   descriptor);
    std::string room(5, '.');
    source.async_read_some(asio::buffer(room), [](runtime::error_code, std::size_t) {});
    std::printf("%-9s the loop has not run: %s", what, room.c_str());
    if (writer >= 0 && ::write(writer, "hello", 5) != 5) throw std::bad_alloc();
    context.run();
    std::printf("   it has: %s\n", room.c_str());
}

struct World {
    int file = small_file();
    runtime::WorkerPool pool;
    int beats = 0;
    bool over = false;
    bool heard = false;
    std::binary_semaphore beaten{0};
};

runtime::awaitable<void> heart(World& world)
{
    const runtime::Executor executor = co_await asio::this_coro::executor;
    while (!world.over) {
        co_await asio::post(executor, asio::use_awaitable_t<runtime::Executor>{});
        ++world.beats;
        if (std::exchange(world.heard, false)) world.beaten.release();
    }
}

runtime::awaitable<void> save(World& world, bool on_the_loop)
{
    const int before = world.beats;
    const auto slow_sync = [&world] {
        ::fsync(world.file);
        world.beaten.acquire();  // a very slow disk: it takes at least one beat
    };
    world.heard = !on_the_loop;
    if (!on_the_loop) co_await world.pool.run(slow_sync);
    if (on_the_loop) ::fsync(world.file);
    std::printf("fsync on the %s: the heart %s\n", on_the_loop ? "loop" : "pool",
                world.beats == before ? "stops" : "beats");
    world.over = true;
}

void save_beside_a_heart(bool on_the_loop)
{
    asio::io_context context;
    World world;
    runtime::TaskGroup tasks(context.get_executor(), [](auto, const auto&) {});
    tasks.spawn("save", save(world, on_the_loop));
    tasks.spawn("heart", heart(world));
    context.run();
    ::close(world.file);
}

}  // namespace

int main()
{
    std::array<int, 2> pipe{};
    if (::pipe(pipe.data()) != 0) throw std::bad_alloc();
    ask_epoll("a socket", ::socket(AF_UNIX, SOCK_STREAM, 0));
    ask_epoll("a pipe", ::dup(pipe[0]));
    ask_epoll("a file", small_file());
    ask_epoll("a folder", ::open("/tmp", O_RDONLY | O_CLOEXEC));
    read_by_asio("a pipe", pipe[0], pipe[1]);
    read_by_asio("a file", small_file(), -1);
    save_beside_a_heart(true);
    save_beside_a_heart(false);
    ::close(pipe[1]);
}
