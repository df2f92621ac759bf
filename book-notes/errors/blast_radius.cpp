// One request fails in the middle of its reply, in four servers that differ in where they catch.
#include "protocol/buffer.hpp"
#include "protocol/text.hpp"
#include "protocol/writer.hpp"
#include "server/runtime/asio.hpp"

#include <cstdio>
#include <map>
#include <new>
#include <string>

namespace {

namespace asio = mini_redis::runtime::asio;
namespace protocol = mini_redis::protocol;

// All replies of a thread are composed in the same memory, as in the server.
struct Server {
    asio::io_context context;
    protocol::Buffer scratch;
    std::map<char, std::string> received;
    std::map<char, bool> closed;

    void serve(char client, bool half)
    {
        protocol::Writer reply(scratch, protocol::Dialect::resp2);
        if (half) {
            reply.array(2);
            reply.bulk("a secret");
            throw std::bad_alloc();  // where the second word would have been
        }
        reply.simple("PONG");
        send(client);
    }

    void send(char client)
    {
        received[client] += scratch.view();
        scratch.clear();
    }
};

using Step = void (*)(Server&, char client, bool half);

void hope(Server& server, char client, bool half)
{
    server.serve(client, half);
}

// Book: errors/blast-radius. Who catches also cleans up what the failed step has begun.
void fail_alone(Server& server, char client, bool half)
{
    try {
        server.serve(client, half);
    } catch (const std::exception&) {
        server.scratch.release();
        server.closed[client] = true;
    }
}

// What can be foreseen is looked at before the reply begins, and is an answer like any other.
void refuse(Server& server, char client, bool half)
{
    if (!half) return server.serve(client, half);
    protocol::Writer(server.scratch, protocol::Dialect::resp2).error("ERR it would be too long");
    server.send(client);
}

void run_once(asio::io_context& context)
{
    try {
        context.run();
    } catch (const std::exception&) {
    }
}

void run_again_and_again(asio::io_context& context)
{
    for (;;) {
        try {
            context.run();
            return;
        } catch (const std::exception&) {
        }
    }
}

void show(const char* where, Step step, void (*run)(asio::io_context&))
{
    Server server;
    asio::post(server.context, [&] { step(server, 'A', true); });
    asio::post(server.context, [&] { step(server, 'B', false); });
    run(server.context);
    const auto seen = [&](char client) {
        if (server.closed[client]) return std::string("is closed");
        return protocol::quote(server.received[client]);
    };
    std::printf("%-18s A %-30s B %s\n", where, seen('A').c_str(), seen('B').c_str());
}

}  // namespace

int main()
{
    show("outside the loop", hope, run_once);
    show("around the loop", hope, run_again_and_again);
    show("around the step", fail_alone, run_again_and_again);
    show("before the step", refuse, run_again_and_again);
}
