// PING, asked in four ways of one and the same function: who asks chooses how to wait for it, and
// with that, when the question is sent.
#include "client/client.hpp"
#include "tests/client/fake_network.hpp"

#include <chrono>
#include <cstdio>
#include <future>
#include <string>
#include <utility>

#include <boost/asio/deferred.hpp>
#include <boost/asio/use_future.hpp>

namespace {

namespace client = mini_redis::client;
namespace asio = client::asio;
using client::awaitable;
using Reply = client::Result<std::string>;

// A client, and a server that answers at once. Everything that can happen does in settle().
struct World {
    void settle()
    {
        context.restart();
        context.poll();
    }
    int sent()
    {
        settle();
        return network.server.executed["PING"];
    }

    mini_redis::tests::FakeNetwork network;
    asio::io_context context{1};
    client::Client redis{context, client::Options(), network.outside()};
    std::string reply = "nothing";
};

void tell(const char* how, World& world, int sent_when_made)
{
    const int sent = world.sent();
    std::printf("%-10s sent when made: %d   in the end: %d   reply: %s\n", how, sent_when_made,
                sent, world.reply.c_str());
}

// Book: runtimes/four-ways. One function, and the last word says what it returns.
void by_callback()
{
    World world;
    world.redis.ping()([&world](Reply reply) { world.reply = reply.value(); });
    const int made = world.sent();
    tell("callback", world, made);
}

awaitable<void> ask(World& world)
{
    const Reply reply = co_await world.redis.ping();
    world.reply = reply.value();
}

void by_awaitable()
{
    World world;
    awaitable<void> question = ask(world);
    const int made = world.sent();
    asio::co_spawn(world.context, std::move(question), [](const std::exception_ptr&) {});
    tell("awaitable", world, made);
}

void by_deferred()
{
    World world;
    auto question = world.redis.ping()(asio::deferred);
    const int made = world.sent();
    std::move(question)([&world](Reply reply) { world.reply = reply.value(); });
    tell("deferred", world, made);
}

void by_future()
{
    World world;
    std::future<Reply> question = world.redis.ping()(asio::use_future);
    const auto status = question.wait_for(std::chrono::milliseconds(20));
    std::printf("%-10s waited for on the loop's own thread: %s\n", "future",
                status == std::future_status::ready ? "a reply" : "nothing comes");
    const int made = world.sent();
    world.reply = question.get().value();
    tell("future", world, made);
}

}  // namespace

int main()
{
    by_callback();
    by_awaitable();
    by_deferred();
    by_future();
}
