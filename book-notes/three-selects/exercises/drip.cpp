// Who has not sent a whole request after five seconds is hung up on. Some send a byte now and then.
#include "server/runtime/notify.hpp"
#include "server/runtime/race.hpp"
#include "tests/support/stepped.hpp"

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace {

using namespace std::chrono_literals;
using mini_redis::runtime::awaitable;
using mini_redis::runtime::with_timeout;

struct Server : mini_redis::tests::Stepped {
    void receive(char byte)
    {
        request += byte;
        bell.notify();
    }
    bool whole() const { return request.ends_with('\n'); }
    awaitable<void> byte() { return bell.wait(); }

    std::string request;
    mini_redis::runtime::Notify bell{executor()};
};

// Yours:
awaitable<void> read_request(Server& server)
{
    for (std::size_t had = 0; !server.whole(); had = server.request.size()) {
        co_await with_timeout(server.byte(), 5s, server.clock);
        if (server.request.size() == had) co_return;
    }
}

// The test:
// How many seconds the server had to do with somebody who sends this, a byte every so often.
long seconds(std::string_view request, std::chrono::seconds pause)
{
    Server server;
    server.tasks.spawn("read", read_request(server));
    server.settle();
    long passed = 0;
    for (; server.tasks.size() != 0 && passed < 1000; ++passed) {
        server.advance(1s);
        if ((passed + 1) % pause.count() != 0 || request.empty()) continue;
        server.receive(request.front());
        request.remove_prefix(1);
        server.settle();
    }
    EXPECT_EQ(server.clock.pending(), 0) << "an alarm is left";
    return passed;
}

TEST(Drip, EndsAfterFiveSeconds)
{
    EXPECT_LE(seconds(std::string(100, 'x'), 4s), 5) << "seconds for somebody who drips";
    EXPECT_EQ(seconds("x", 1s), 5) << "for somebody who falls silent";
}

TEST(Drip, IsNotWhoIsMerelySlow)
{
    EXPECT_EQ(seconds("abc\n", 1s), 4) << "his request was there after four seconds";
    EXPECT_EQ(seconds("\n", 4s), 4);
}

}  // namespace
