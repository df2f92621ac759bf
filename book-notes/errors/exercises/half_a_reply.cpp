// All replies of a thread are composed in one buffer. One request of A runs out of memory in the
// middle of its reply, and the only catch stands around the loop.
#include "protocol/buffer.hpp"
#include "protocol/writer.hpp"

#include <exception>
#include <new>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace {

namespace protocol = mini_redis::protocol;

struct Client {
    std::string received;
    bool closed = false;
};

struct Server {
    void answer(std::string_view request)
    {
        protocol::Writer reply(scratch, protocol::Dialect::resp2);
        if (request == "PING") return reply.simple("PONG");
        reply.array(2);
        reply.bulk("a secret");
        throw std::bad_alloc();
    }
    void send(Client& client)
    {
        client.received += scratch.view();
        scratch.clear();
    }
    protocol::Buffer scratch;
};
using Requests = std::vector<std::string>;

// Yours:
// One step: answers all that has arrived from this client.
void serve(Server& server, Client& client, const Requests& requests)
{
    for (const std::string& request : requests) server.answer(request);
    server.send(client);
}

// The test:
TEST(HalfAReply, EndsItsClientAndNobodyElse)
{
    Server server;
    Client a, b;
    const std::vector<std::pair<Client*, Requests>> steps{
        {&a, {"PING", "TELL", "PING"}}, {&b, {"PING"}}, {&a, {"PING"}}};
    for (const auto& [client, requests] : steps) {
        try {
            if (!client->closed) serve(server, *client, requests);
        } catch (const std::exception&) {
        }
    }
    EXPECT_EQ(b.received, "+PONG\r\n") << "B reads what was meant for A";
    EXPECT_FALSE(b.closed) << "B has done nothing";
    EXPECT_TRUE(a.closed) << "A takes the next reply for the one that is missing";
}

}  // namespace
