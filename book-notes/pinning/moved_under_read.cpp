// A read is under way when the connection that wants the bytes is moved to another place.
#include "server/runtime/alarm.hpp"
#include "server/runtime/asio.hpp"
#include "server/runtime/mailbox.hpp"
#include "server/runtime/readable.hpp"
#include "server/runtime/task_group.hpp"

#include <array>
#include <concepts>
#include <cstdio>
#include <memory>
#include <string>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>
#include <vector>

namespace {

namespace runtime = mini_redis::runtime;
namespace asio = runtime::asio;

// Book: pinning/nailed-down. What others point to cannot be moved, and its type says so.
static_assert(!std::movable<runtime::Alarm> && !std::movable<runtime::Mailbox<int>> &&
              !std::movable<runtime::TaskGroup> && !std::movable<runtime::Waiter> &&
              !std::movable<runtime::ReadableByEdge>);

// The bytes lie in the object itself, as short strings do.
struct Connection {
    char name = '?';
    std::array<char, 8> inbox{};

    std::string heard() const { return inbox[0] == 0 ? "nothing" : inbox.data(); }
};

// Both ends of a connection, and the read of the server's end.
struct Line {
    explicit Line(asio::io_context& context) : server(context)
    {
        std::array<int, 2> ends{};
        if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends.data()) != 0)
            throw std::bad_alloc();
        server.assign({AF_UNIX, 0}, ends[0]);
        peer = ends[1];
    }
    ~Line() { ::close(peer); }
    Line(const Line&) = delete;
    Line& operator=(const Line&) = delete;

    void read_into(Connection& connection)
    {
        server.async_read_some(asio::buffer(connection.inbox), [](auto, std::size_t) {});
    }
    void say(const char* text) const
    {
        if (::send(peer, text, std::char_traits<char>::length(text), 0) < 0) throw std::bad_alloc();
    }

    runtime::Socket server;
    int peer = -1;
};

// A has left; so B, the last one, is moved into the gap, and C comes behind it.
void moved()
{
    asio::io_context context;
    Line b(context);
    std::array<Connection, 2> connections{Connection{'A', {}}, Connection{'B', {}}};
    b.read_into(connections[1]);
    connections[0] = std::exchange(connections[1], Connection{'C', {}});
    b.say("secret");
    context.run();
    for (const Connection& each : connections)
        std::printf("moved         %c has heard %s\n", each.name, each.heard().c_str());
}

// The same with connections that stay, and a list of where they are.
void stays()
{
    asio::io_context context;
    Line b(context);
    std::vector<std::unique_ptr<Connection>> connections;
    for (const char name : {'A', 'B'})
        connections.push_back(std::make_unique<Connection>(Connection{name, {}}));
    b.read_into(*connections[1]);
    connections[0] = std::exchange(connections[1], std::make_unique<Connection>());
    connections[1]->name = 'C';
    b.say("secret");
    context.run();
    for (const auto& each : connections)
        std::printf("stays         %c has heard %s\n", each->name, each->heard().c_str());
}

// Moved again; but what is under way is a wait, which knows no address of ours.
void reads_late()
{
    asio::io_context context;
    Line b(context);
    std::array<Connection, 2> connections{Connection{'A', {}}, Connection{'B', {}}};
    std::size_t place_of_b = 1;
    // Book: pinning/wait-then-read. A wait lends nothing, so nothing has to stay where it is.
    b.server.async_wait(asio::socket_base::wait_read, [&](auto) {
        b.server.read_some(asio::buffer(connections[place_of_b].inbox));
    });

    connections[0] = std::exchange(connections[1], Connection{'C', {}});
    place_of_b = 0;
    b.say("secret");
    context.run();
    for (const Connection& each : connections)
        std::printf("reads late    %c has heard %s\n", each.name, each.heard().c_str());
}

}  // namespace

int main()
{
    moved();
    stays();
    reads_late();
}
