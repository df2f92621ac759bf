// A hundred clients wait for something to read, each behind an interface: how much memory is taken
// for a wait, when who stands between hands it on, and when who stands between awaits it?
#include "server/net/socket_transport.hpp"
#include "server/runtime/task_group.hpp"

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <set>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

namespace {

namespace net = mini_redis::net;
namespace runtime = mini_redis::runtime;
namespace asio = runtime::asio;
using runtime::awaitable;
using runtime::Ended;

constexpr std::size_t clients = 100;

// What Asio has taken and not given back; it outlives all else.
std::set<void*>& blocks()
{
    static auto* const taken = new std::set<void*>;
    return *taken;
}

struct Pair {
    Pair() { static_cast<void>(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends)); }
    Pair(Pair&&) = delete;
    ~Pair() { ::close(ends[1]); }
    runtime::Socket socket(asio::io_context& context) { return {context, {AF_UNIX, 0}, ends[0]}; }

    int ends[2] = {-1, -1};
};

struct Bare : Pair {
    explicit Bare(asio::io_context& context) : own(socket(context)) {}
    void wake() { own.cancel(); }
    runtime::Socket own;
    runtime::Readable readable{own};
};
struct Real : Pair {
    explicit Real(asio::io_context& context) : own(socket(context), false) {}
    void wake() { own.wake(); }
    net::SocketTransport own;
};

// Book: interfaces/in-between. What only hands on a wait needs no frame for it.
awaitable<Ended> hand_on(net::Transport& transport, int layers)
{
    return layers == 0 ? transport.readable() : hand_on(transport, layers - 1);
}

awaitable<Ended> await(net::Transport& transport, int layers)
{
    if (layers == 0) co_return co_await transport.readable();
    co_return co_await await(transport, layers - 1);
}

template <class Connection, class Wait>
awaitable<void> client(Connection& connection, Wait wait, const bool& over)
{
    while (!over) co_await wait(connection);
}

template <class Connection, class Wait>
std::size_t taken_for_each(Wait wait)
{
    bool over = false;
    asio::io_context context{1};
    runtime::TaskGroup tasks(context.get_executor(), [](auto, const auto&) {});
    std::vector<std::unique_ptr<Connection>> all;
    for (std::size_t i = 0; i < clients; ++i) all.push_back(std::make_unique<Connection>(context));
    const std::size_t before = blocks().size();
    for (const auto& each : all) tasks.spawn("client", client(*each, wait, over));
    context.poll();
    const std::size_t taken = blocks().size() - before;
    over = true;
    for (const auto& each : all) each->wake();
    context.restart();
    context.poll();
    return (taken + clients / 2) / clients;  // Asio keeps a block or two in reserve
}

}  // namespace

// Asio takes its memory by aligned_alloc; the linker puts these in between (CMakeLists.txt).
extern "C" {
void* __real_aligned_alloc(std::size_t alignment, std::size_t bytes);
void __real_free(void* memory);
void* __wrap_aligned_alloc(std::size_t alignment, std::size_t bytes)
{
    return *blocks().insert(__real_aligned_alloc(alignment, bytes)).first;
}
void __wrap_free(void* memory)
{
    blocks().erase(memory);
    __real_free(memory);
}
}

int main()
{
    const std::size_t bare = taken_for_each<Bare>([](Bare& it) { return it.readable.wait(); });
    const auto tell = [bare](const char* what, std::size_t taken) {
        std::printf("%-32s %zu\n", what, taken - bare);
    };
    tell("no interface", bare);
    tell("the server's transport",
         taken_for_each<Real>([](Real& it) { return hand_on(it.own, 0); }));
    tell("  through three that hand it on",
         taken_for_each<Real>([](Real& it) { return hand_on(it.own, 3); }));
    tell("  through three that await it",
         taken_for_each<Real>([](Real& it) { return await(it.own, 2); }));
}
