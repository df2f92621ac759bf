// A future, and somebody who wants what will be in it, on the thread of the loop that brings it.
#include "tests/client/world.hpp"

#include <chrono>
#include <future>
#include <string>

#include <boost/asio/use_future.hpp>
#include <gtest/gtest.h>

namespace {

using Question = std::future<mini_redis::client::Result<std::string>>;

struct World : mini_redis::tests::ClientWorld {
    Question ask() { return client->ping()(mini_redis::tests::asio::use_future); }
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
