// A connection is closed when its client has been sent all that it is owed. Its writer is cancelled
// at any step, and again and again.
#include "server/runtime/notify.hpp"
#include "tests/support/stepped.hpp"

#include <cstddef>
#include <string>
#include <utility>

#include <gtest/gtest.h>

namespace {

using mini_redis::runtime::awaitable;

struct Connection : mini_redis::tests::Stepped {
    // Sees to it that somebody writes, if anything is owed.
    void flush()
    {
        if (writing || outbox.empty()) return;
        writing = true;
        writers.spawn("writer", write());
    }
    void close() { open = false; }

    awaitable<void> write()
    {
        const Ending ending{*this};
        while (!outbox.empty()) {
            co_await taken.wait();
            if (!std::exchange(room, false)) continue;
            outbox.pop_back();
            ++sent;
        }
    }
    struct Ending {
        ~Ending()
        {
            connection.writing = false;
            connection.written.notify();
        }
        Connection& connection;
    };

    bool open = true, writing = false, room = false;
    std::string outbox = "four";
    std::size_t sent = 0;
    mini_redis::runtime::Notify written{executor()}, taken{executor()};
    mini_redis::runtime::TaskGroup writers{executor(), [](auto, const auto&) {}};
};

// Yours:
awaitable<void> say_goodbye(Connection& connection)
{
    connection.flush();
    while (connection.writing) co_await connection.written.wait();
    connection.close();
}

// The test:
TEST(Goodbye, IsSaidWhenNothingIsOwed)
{
    for (int cancelled_at = 0; cancelled_at < 30; ++cancelled_at) {
        Connection connection;
        connection.tasks.spawn("goodbye", say_goodbye(connection));
        for (int step = 0; step < 60 && connection.open; ++step) {
            const int since = step - cancelled_at;
            if (since >= 0 && since % 3 == 0 && step < 40) connection.writers.cancel();
            if (connection.step()) continue;
            connection.room = true;
            connection.taken.notify();
        }
        const std::size_t owed = connection.outbox.size();
        EXPECT_EQ(connection.sent + owed, 4) << "thrown away";
        EXPECT_FALSE(connection.open) << "it is never closed";
        connection.writers.cancel();
        connection.end();
        ASSERT_EQ(owed, 0) << "bytes are owed, cancelled at step " << cancelled_at;
    }
}

}  // namespace
