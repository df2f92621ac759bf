// Several coroutines ask through one hiredis that does not block. Replies come in the order of
// questions.
#include "tests/support/socket_pair.hpp"
#include "tests/support/stepped.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <unistd.h>
#include <vector>

#include <boost/asio/posix/basic_stream_descriptor.hpp>
#include <gtest/gtest.h>
#include <hiredis/hiredis.h>

namespace {

namespace runtime = mini_redis::runtime;
using runtime::awaitable;
using Descriptor = runtime::asio::posix::basic_stream_descriptor<runtime::Executor>;

struct World : mini_redis::tests::Stepped {
    World()
    {
        hiredis->flags &= ~REDIS_BLOCK;
        descriptor.assign(hiredis->fd);
    }
    ~World()
    {
        descriptor.release();
        redisFree(hiredis);
    }
    void send(const std::string& question)
    {
        redisAppendCommand(hiredis, "ECHO %s", question.c_str());
        for (int done = 0; done == 0 && redisBufferWrite(hiredis, &done) == REDIS_OK;) continue;
    }
    // The next one that has arrived as a whole, if there is one.
    std::optional<std::string> next_reply()
    {
        void* reply = nullptr;
        if (redisGetReplyFromReader(hiredis, &reply) != REDIS_OK || !reply) return std::nullopt;
        std::string text = static_cast<redisReply*>(reply)->str;
        freeReplyObject(reply);
        return text;
    }
    // Waits until more has arrived.
    awaitable<void> more()
    {
        co_await descriptor.async_wait(Descriptor::wait_read, runtime::use_tuple);
        redisBufferRead(hiredis);
    }

    mini_redis::tests::SocketPair ends;
    redisContext* hiredis = redisConnectFd(ends.mine.take());
    Descriptor descriptor{executor()};
    std::size_t asked = 0;          // these two are
    std::vector<std::string> told;  // for you
};

// Yours:
awaitable<std::string> ask(World& world, std::string question)
{
    world.send(question);
    auto reply = world.next_reply();
    for (; !reply; reply = world.next_reply()) co_await world.more();
    co_return *reply;
}

// The test:
awaitable<void> client(World& world, std::string first, std::string second)
{
    for (const std::string& question : {first, second}) {
        const std::string told = co_await ask(world, question);
        EXPECT_EQ(told, question) << "who asked for " << question << " was told " << told;
    }
}

TEST(AskedInBetween, EverybodyIsToldWhatHeAskedFor)
{
    World world;
    world.tasks.spawn("client", client(world, "a", "c"));
    world.tasks.spawn("client", client(world, "b", "d"));
    for (const std::string replies : {"+a\r\n+b\r\n", "+c\r\n+d\r\n"}) {
        world.settle();
        char questions[256];
        EXPECT_EQ(::read(world.ends.theirs.get(), questions, sizeof questions), 42)
            << "not asked together";
        EXPECT_EQ(::write(world.ends.theirs.get(), replies.data(), replies.size()), 8);
    }
    world.settle();
    EXPECT_EQ(world.tasks.size(), 0);
}

}  // namespace
