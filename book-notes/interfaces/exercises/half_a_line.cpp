// A layer above the transport that reads lines, with a promise of its own:
// When cancelled: ends, nothing is lost.
#include "tests/support/fake_transport.hpp"
#include "tests/support/stepped.hpp"

#include <cstddef>
#include <string>
#include <vector>

#include <gmock/gmock.h>

namespace {

namespace runtime = mini_redis::runtime;
using runtime::awaitable;

struct World : mini_redis::tests::Stepped {
    // What is there, at once; nothing if nothing is.
    std::string read()
    {
        char bytes[100];
        runtime::error_code error;
        return {bytes, transport.read_some(runtime::asio::buffer(bytes), error)};
    }
    mini_redis::tests::FakeTransport transport{executor(), {}};
    std::string arrived;  // read, and not yet a line
    std::vector<std::string> lines;
};

// Yours:
awaitable<void> read_line(World& world)
{
    std::string line;
    while (!line.ends_with('\n')) {
        line += world.read();
        if (!line.ends_with('\n')) co_await world.transport.readable();
    }
    world.lines.push_back(line);
}

// The test:
awaitable<void> read_lines(World& world, int count)
{
    for (; count != 0; --count) co_await read_line(world);
}

TEST(HalfALine, IsThereForTheNextReader)
{
    const std::string all = "PING\nINFO\n";
    for (std::size_t cut = 0; cut <= all.size(); ++cut) {
        World world;
        world.transport.send(all.substr(0, cut));
        world.tasks.spawn("reader", read_lines(world, 3));
        world.settle();
        world.end();
        EXPECT_EQ(world.tasks.size(), 0) << "the first reader has not ended";
        world.tasks.spawn("reader", read_lines(world, 3));
        world.settle();
        world.transport.send(all.substr(cut));
        world.settle();
        EXPECT_THAT(world.lines, testing::ElementsAre("PING\n", "INFO\n"))
            << "cancelled after byte " << cut;
        world.end();
    }
}

}  // namespace
