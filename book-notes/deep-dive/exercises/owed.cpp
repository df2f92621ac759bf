// A client who is slow, and its writer, which is cancelled once at any step and begun again. The
// reader goes on adding to the outbox meanwhile. The client reads every byte once, and in order.
#include "server/runtime/notify.hpp"
#include "tests/support/stepped.hpp"

#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include <gtest/gtest.h>

namespace {

using mini_redis::runtime::awaitable;

struct Client : mini_redis::tests::Stepped {
    awaitable<void> writable() { return room.wait(); }
    // How many of the bytes the kernel has taken.
    std::size_t write_some(std::string_view bytes)
    {
        if (!std::exchange(has_room, false)) {
            if (++in_vain > 300) throw std::logic_error("it does not wait");
            return 0;
        }
        const std::string_view taken = bytes.substr(0, 3);
        received += taken;
        return taken.size();
    }
    void read()
    {
        has_room = true;
        room.notify();
    }
    mini_redis::runtime::Notify room{executor()};
    std::string outbox, received;
    bool has_room = false;
    int in_vain = 0;
};

// Yours:
awaitable<void> write_outbox(Client& client)
{
    while (!client.outbox.empty()) {
        std::string sending = std::exchange(client.outbox, {});  // nobody else moves these
        while (!sending.empty()) {
            co_await client.writable();
            sending.erase(0, client.write_some(sending));
        }
    }
}

// The test:
std::string client_reads(int cancelled_at)
{
    Client client;
    std::string replies;
    for (int step = 0; step < 100; ++step) {
        if (step < 40 && step % 2 == 0) {
            replies += std::to_string(step) + " ";
            client.outbox += std::to_string(step) + " ";
        }
        if (step == cancelled_at) client.tasks.cancel();
        if (client.tasks.size() == 0) client.tasks.spawn("writer", write_outbox(client));
        if (!client.step()) client.read();
    }
    client.end();
    return client.received == replies ? "every byte" : client.received;
}

TEST(Owed, IsSentThoughItsWriterIsCancelled)
{
    EXPECT_EQ(client_reads(-1), "every byte");
    for (int cancelled_at = 0; cancelled_at < 100; ++cancelled_at)
        ASSERT_EQ(client_reads(cancelled_at), "every byte")
            << "bytes, cancelled at step " << cancelled_at;
}

}  // namespace
