// The same 320 requests, in windows of 1, 32 and 320: what a round trip carries, and what it costs.
// Last, a server that answers each request with a write of its own.
#include "tests/support/world.hpp"

#include <cstdio>

namespace {

using namespace mini_redis;

constexpr int requests = 320;
constexpr std::string_view pong = "+PONG\r\n";

// What a client and a server do to each other, counted.
struct Counted {
    std::uint64_t reads = 0;
    std::uint64_t writes = 0;
    std::size_t replies = 0;
};

Counted ask_the_server(const std::string& window, int windows)
{
    tests::World world;
    tests::WorldClient client(world);
    const std::uint64_t reads = world.counted().reads.get();
    const std::uint64_t writes = world.counted().writes.get();
    Counted counted;
    for (int i = 0; i < windows; ++i)
        counted.replies += client.round_trip(window).size() / pong.size();
    counted.reads = world.counted().reads.get() - reads;
    counted.writes = world.counted().writes.get() - writes;
    return counted;
}

// The tempting loop: read what has come, and for each request in it write the answer.
Counted ask_the_eager_one(const std::string& window, int windows)
{
    int ends[2] = {};
    if (::socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0) throw std::bad_alloc();
    const net::Descriptor client(ends[0]);
    const net::Descriptor server(ends[1]);
    char bytes[16 * 1024];
    Counted counted;
    for (int i = 0; i < windows; ++i) {
        (void)::send(client.get(), window.data(), window.size(), 0);
        const ssize_t count = ::recv(server.get(), bytes, sizeof bytes, 0);
        ++counted.reads;
        std::string_view inbox(bytes, static_cast<std::size_t>(count));
        protocol::RequestParser parser;
        for (protocol::Batch batch; !inbox.empty(); batch.clear()) {
            inbox.remove_prefix(parser.parse(inbox, {}, 1, batch).consumed);
            (void)::send(server.get(), pong.data(), pong.size(), 0);
            ++counted.writes;
        }
        counted.replies +=
            static_cast<std::size_t>(::recv(client.get(), bytes, sizeof bytes, 0)) / pong.size();
    }
    return counted;
}

void tell(const char* who, int size, Counted (*ask)(const std::string&, int))
{
    std::string window;
    for (int i = 0; i < size; ++i) window += "*1\r\n$4\r\nPING\r\n";
    const Counted counted = ask(window, requests / size);
    std::printf("%-18s %6d  %11d  %5llu  %6llu  %7zu\n", who, size, requests / size,
                static_cast<unsigned long long>(counted.reads),
                static_cast<unsigned long long>(counted.writes), counted.replies);
}

}  // namespace

int main()
{
    std::printf("%-18s %6s  %11s  %5s  %6s  %7s\n", "", "window", "round trips", "reads", "writes",
                "replies");
    for (const int window : {1, 32, 320}) tell("the server", window, ask_the_server);
    tell("a write for each", 32, ask_the_eager_one);
}
