// The third way of Redis: get, and a set that is refused if the value has changed meanwhile
// (WATCH).
#include "book-notes/two-models/every_order.hpp"

#include <gtest/gtest.h>

namespace {

struct Server {
    int get()
    {
        ++requests;
        return value;
    }
    // False if it is not `old` any more; then nothing is changed.
    bool set_if(int old, int next)
    {
        ++requests;
        if (value != old) return false;
        value = next;
        return true;
    }
    int value = 0;
    int requests = 0;
};

struct Client {
    enum { to_get, to_set, done } next = to_get;
    int got = 0;
};

// Yours:
// The next step of a client that wants to add one: a single request.
void take_step(Client& client, Server& server)
{
    if (client.next == Client::to_get) {
        client.got = server.get();
        client.next = Client::to_set;
    } else {
        server.set_if(client.got, client.got + 1);
        client.next = Client::done;
    }
}

// The test:
struct TwoClients {
    static constexpr int actors = 2;
    bool step(int who)
    {
        if (clients[who].next == Client::done || ++steps > 12) return false;
        take_step(clients[who], server);
        counter = server.value;
        return true;
    }
    bool ended() const
    {
        return clients[0].next == Client::done && clients[1].next == Client::done &&
               server.requests == steps;
    }
    Server server;
    Client clients[2];
    int counter = 0;
    int steps = 0;
};

TEST(BeginAgain, NoIncrementIsLostInAnyOrder)
{
    two_models::Verdict verdict;
    two_models::explore<TwoClients>(verdict);
    EXPECT_EQ(verdict.stuck, 0) << "orders without an end, or with a step that is no request";
    EXPECT_GE(verdict.ended, 6);
    EXPECT_EQ(verdict.wrong, 0) << "orders that lose an increment: " << verdict.wrong;
}

}  // namespace
