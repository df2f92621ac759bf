// Saving is called on a pool. It may be full, or the disk may be; who asked is to hear which.
#include "server/runtime/worker_pool.hpp"
#include "tests/support/stepped.hpp"

#include <array>
#include <future>
#include <string>

#include <gmock/gmock.h>

namespace {

namespace runtime = mini_redis::runtime;
using runtime::awaitable;
using Fault = boost::system::system_error;

struct Server : mini_redis::tests::Stepped {
    // Blocks until the gate is open.
    void save()
    {
        opened.wait();
        if (disk_full) throw Fault(runtime::error_code(ENOSPC, boost::system::system_category()));
    }

    bool disk_full = false;
    std::promise<void> gate;
    std::shared_future<void> opened = gate.get_future().share();
    runtime::WorkerPool pool{{.threads = 1, .calls_max = 2}};
};

// Yours:
// "+OK", "-BUSY" or "-ERR".
awaitable<std::string> save(Server& server)
{
    const auto call = [&server] { server.save(); };
    co_await server.pool.run(call);
    co_return "+OK";
}

// The test:
TEST(BusyOrBroken, WhoFindsThePoolFullIsToldAtOnce)
{
    Server server;
    std::array<std::string, 3> told{"nothing", "nothing", "nothing"};
    for (std::string& each : told) server.tasks.spawn("client", server.keep(save(server), each));
    server.settle();
    EXPECT_EQ(told[2], "-BUSY") << "who finds the pool full is told " << told[2];
    server.gate.set_value();
    server.run_until_idle();
    EXPECT_THAT(told, testing::ElementsAre("+OK", "+OK", "-BUSY"));
}

TEST(BusyOrBroken, BothAtOnceAreToldApart)
{
    Server server;
    server.disk_full = true;
    std::array<std::string, 3> told;
    for (std::string& each : told) server.tasks.spawn("client", server.keep(save(server), each));
    server.settle();
    server.gate.set_value();
    server.run_until_idle();
    EXPECT_THAT(told, testing::ElementsAre("-ERR", "-ERR", "-BUSY"));
}

TEST(BusyOrBroken, WhoFindsTheDiskFullIsToldSo)
{
    Server server;
    server.disk_full = true;
    server.gate.set_value();
    std::string told = "nothing";
    server.tasks.spawn("client", server.keep(save(server), told));
    server.run_until_idle();
    EXPECT_EQ(told, "-ERR") << "who finds the disk full is told " << told;
}

}  // namespace
