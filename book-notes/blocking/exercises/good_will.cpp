// Who has sent something has his bell rung, once. A read says whether it may have left something.
#include "server/runtime/notify.hpp"
#include "tests/support/stepped.hpp"

#include <deque>

#include <gtest/gtest.h>

namespace {

namespace runtime = mini_redis::runtime;
using runtime::awaitable;

struct World : mini_redis::tests::Stepped {
    int served = 0;
};

struct Client {
    Client(World& its_world, int pieces) : world(its_world), left(pieces) { bell.notify(); }

    // Serves a piece; true if there may be another one.
    bool read()
    {
        if (left == 0) return false;
        --left;
        served_at = ++world.served;
        return true;
    }

    World& world;
    runtime::Notify bell{world.executor()};
    int left;
    int served_at = 0;
};

// Yours:
awaitable<void> serve(World&, Client& client)
{
    for (;;) {
        co_await client.bell.wait();
        while (client.read()) continue;
    }
}

// The test:
TEST(GoodWill, OfThreeWhoSendWithoutEndIsNotNeeded)
{
    World world;
    std::deque<Client> clients;
    for (const int pieces : {1000, 1000, 1000, 1}) clients.emplace_back(world, pieces);
    for (Client& client : clients) world.tasks.spawn("serve", serve(world, client));
    world.settle();
    const int before = clients.back().served_at - 1;
    EXPECT_LE(before, 100) << "pieces served before the one of a modest client: " << before;
    EXPECT_EQ(world.served, 3001);
    world.end();
}

}  // namespace
