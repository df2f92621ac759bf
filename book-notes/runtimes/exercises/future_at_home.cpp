// A future, and somebody who wants what will be in it, on the thread of the loop that brings it.
#include "client/client.hpp"
#include "tests/client/fake_network.hpp"

#include <future>

#include <boost/asio/use_future.hpp>
#include <gtest/gtest.h>

namespace {

namespace client = mini_redis::client;
using Question = std::future<client::Result<std::string>>;

struct World {
    Question ask() { return redis.ping()(client::asio::use_future); }
    // Runs one handler of the loop; false if there is none to run.
    bool step()
    {
        context.restart();
        return context.poll_one() != 0;
    }
    mini_redis::tests::FakeNetwork network;
    client::asio::io_context context{1};
    client::Client redis{context, client::Options(), network.outside()};
};

bool is_ready(const Question& question)
{
    return question.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
}

// Yours:
std::string answer(World&, Question question)
{
    for (int patience = 1'000; patience != 0; --patience)
        if (is_ready(question)) return question.get().value();
    return "nothing comes";
}

// The test:
TEST(FutureAtHome, TheAnswerComes)
{
    World world;
    EXPECT_EQ(answer(world, world.ask()), "PONG") << "who should have brought it?";
}

TEST(FutureAtHome, NobodyWaitsForWhatWillNotCome)
{
    World world;
    world.network.server.silent = true;
    EXPECT_EQ(answer(world, world.ask()), "nothing comes");
}

}  // namespace
