// A client stepped by hand, with a network, a server and a clock of the test's own.
#include "client/subscriber.hpp"
#include "client/watch.hpp"
#include "tests/client/world.hpp"

#include <stdexcept>
#include <vector>

namespace mini_redis::tests {
namespace {

using namespace std::chrono_literals;

TEST(Client, WritesAllThatWasAskedForInOneRoundAtOnce)
{
    ClientWorld world;
    ASSERT_EQ(world.value_of("w"), "ww");
    const int before = world.network.writes;
    std::vector<AskedText> asked(100);
    for (auto& one : asked) world.ask(world.client->get("a"), one);
    world.settle();
    for (auto& one : asked) EXPECT_EQ(**one.result, "aa");
    EXPECT_EQ(world.network.writes, before + 1);
}

TEST(Client, WritesWhatIsAskedForUponRepliesAtOnce)
{
    ClientWorld world;
    ASSERT_EQ(world.value_of("w"), "ww");
    const int before = world.network.writes;
    int answered = 0;
    for (int i = 0; i < 10; ++i)
        world.client->get("a")(
            [&](const auto&) { world.client->get("b")([&](const auto&) { ++answered; }); });
    world.settle();
    EXPECT_EQ(answered, 10);
    EXPECT_EQ(world.network.writes, before + 2);
}

TEST(Client, SpeaksRESP2WithServersThatKnowNothingElse)
{
    ClientWorld world;
    world.network.server = FakeServer(false);
    EXPECT_EQ(world.value_of("a"), "aa");
    EXPECT_EQ(world.network.server.executed["HELLO 3"], 1);
}

TEST(Client, GivesUpARequestWhenItsTimeIsOver)
{
    ClientWorld world;
    ASSERT_EQ(world.value_of("w"), "ww");
    world.network.server.silent = true;
    AskedText a, b;
    world.ask(world.client->get("a").timeout(1s), a);
    world.ask(world.client->get("b").timeout(3s), b);
    world.settle();
    world.network.advance(999ms);
    world.settle();
    EXPECT_FALSE(a.result);
    world.network.advance(1ms);
    world.settle();
    EXPECT_EQ(a.error(), Errc::timed_out);
    EXPECT_FALSE(b.result);
    // The reply that comes after all is nobody's; the next is b's.
    world.network.say("+late\r\n+b's\r\n");
    world.settle();
    EXPECT_EQ(**b.result, "b's");
}

TEST(Client, HasALimitForAllRequestsIfToldSo)
{
    Options options;
    options.request_timeout = 2s;
    ClientWorld world({}, options);
    world.network.server.silent = true;
    AskedText a, b;
    world.ask(world.client->get("a"), a);
    world.ask(world.client->get("b").timeout(0s), b);
    world.settle();
    world.network.advance(2s);
    world.settle();
    EXPECT_EQ(a.text(), "timed out; the request was not sent");  // not even greeted yet
    EXPECT_FALSE(b.result);
}

TEST(Client, ConnectsAgainAfterAPauseWhenThereIsSomethingToSend)
{
    ClientWorld world;
    ASSERT_EQ(world.value_of("w"), "ww");
    world.network.hang_up();
    world.settle();
    EXPECT_FALSE(world.client->connected());
    world.network.advance(1h);
    world.settle();
    EXPECT_EQ(world.network.attempts, 1);
    EXPECT_EQ(world.value_of("a"), "aa");
    EXPECT_EQ(world.network.attempts, 2);
}

TEST(Client, PausesLongerWithEachFailure)
{
    Options options;
    options.attempts_max = 0;
    options.pause_first = 100ms;
    options.pause_max = 1s;
    ClientWorld world({}, options);
    world.network.refusal = asio::error::connection_refused;
    AskedText a;
    world.ask(world.client->get("a"), a);
    world.settle();
    int attempts = 1;
    for (const auto most : {100ms, 200ms, 400ms, 800ms, 1000ms, 1000ms}) {
        EXPECT_EQ(world.network.attempts, attempts);
        world.network.advance(most / 2 - 1ms);  // chance is 0.5
        world.settle();
        EXPECT_EQ(world.network.attempts, attempts);
        world.network.advance(1ms);
        world.settle();
        EXPECT_EQ(world.network.attempts, ++attempts);
    }
    EXPECT_FALSE(a.result);
    world.network.refusal = {};
    world.network.advance(1s);
    world.settle();
    EXPECT_TRUE(a.ok());
}

TEST(Client, TellsThoseWhoWaitWhenTooManyAttemptsHaveFailed)
{
    Options options;
    options.attempts_max = 3;
    ClientWorld world({}, options);
    world.network.refusal = asio::error::connection_refused;
    EXPECT_EQ(world.value_of("a"), "cannot connect to 127.0.0.1:6379: Connection refused");
    EXPECT_EQ(world.network.attempts, 3);
    EXPECT_EQ(world.value_of("a"), "cannot connect to 127.0.0.1:6379: Connection refused");
    EXPECT_EQ(world.network.attempts, 4);
    world.network.refusal = {};
    EXPECT_EQ(world.value_of("a"), "aa");
}

TEST(Client, GivesUpAnAttemptThatTakesTooLong)
{
    Options options;
    options.connect_timeout = 5s;
    options.attempts_max = 1;
    ClientWorld world({}, options);
    world.network.server.silent = true;  // HELLO is never answered
    AskedText a;
    world.ask(world.client->get("a"), a);
    world.settle();
    world.network.advance(5s);
    world.settle();
    EXPECT_EQ(a.error(), Errc::unreachable);
    EXPECT_EQ(a.text(), "no connection to 127.0.0.1:6379: timed out");
}

TEST(Client, TellsWhenTheServerRefusesItsGreeting)
{
    Options options;
    options.password = "wrong";
    options.attempts_max = 1;
    ClientWorld world({}, options);
    world.network.server.answer = [](const std::string& words) {
        return words.starts_with("HELLO") ? "-WRONGPASS no\r\n" : "";
    };
    EXPECT_EQ(world.value_of("a"), "the server refuses the connection: WRONGPASS no");
    EXPECT_EQ(world.network.server.executed["GET a"], 0);
}

TEST(Client, DropsAConnectionThatTalksNonsense)
{
    ClientWorld world;
    ASSERT_EQ(world.value_of("w"), "ww");
    world.network.say("+unasked\r\n");
    world.settle();
    EXPECT_FALSE(world.client->connected());
    world.network.server.answer = [](const std::string& words) {
        return words == "GET a" ? "!garbage\r\n" : "";
    };
    const auto answer = world.value_of("a");
    EXPECT_EQ(answer->substr(0, 45), "connection lost; the request may have been ex");
    EXPECT_EQ(world.value_of("b"), "bb");
}

TEST(Client, HasCallersWaitWhileItsQueueIsFull)
{
    Options options;
    options.queue_bytes_max = 50;
    ClientWorld world({.write_max = 7, .refusals = 1}, options);
    std::vector<AskedText> asked(50);
    for (auto& one : asked) world.ask(world.client->get("a"), one);
    world.settle();
    for (auto& one : asked) EXPECT_EQ(**one.result, "aa");
    EXPECT_EQ(world.network.server.executed["GET a"], 50);
}

TEST(Client, RefusesWhatWouldChangeTheConnectionOfAll)
{
    ClientWorld world;
    for (const char* name : {"SUBSCRIBE", "select", "MULTI", "Monitor", "HELLO"}) {
        Asked<protocol::Value> asked;
        world.ask(world.client->exec(name, "x"), asked);
        world.settle();
        EXPECT_EQ(asked.error(), Errc::unfit) << name;
    }
    EXPECT_EQ(world.network.attempts, 0);
}

TEST(Client, AnswersWhatWaitsBeforeItCloses)
{
    ClientWorld world({.read_max = 1, .write_max = 1});
    AskedText a, late;
    Asked<void> closed;
    world.ask(world.client->get("a"), a);
    world.ask(world.client->close(), closed);
    world.ask(world.client->get("late"), late);
    world.settle();
    EXPECT_EQ(**a.result, "aa");
    EXPECT_TRUE(closed.ok());
    EXPECT_EQ(late.error(), Errc::closed);
    EXPECT_EQ(world.network.server.executed["GET late"], 0);
    EXPECT_FALSE(world.client->connected());
}

TEST(Client, MayBeClosedBeforeItWasEverUsed)
{
    ClientWorld world;
    Asked<void> closed;
    world.ask(world.client->close(), closed);
    world.settle();
    EXPECT_TRUE(closed.ok());
}

TEST(Client, TellsThoseWhoWaitWhenItIsDestroyed)
{
    ClientWorld world;
    ASSERT_EQ(world.value_of("w"), "ww");
    world.network.server.silent = true;
    AskedText sent, unsent;
    world.ask(world.client->get("a"), sent);
    world.settle();
    world.client->get("b")([&](auto result) { unsent.result.emplace(std::move(result)); });
    world.client.reset();
    world.settle();
    EXPECT_EQ(sent.error(), Errc::connection_lost);
    EXPECT_EQ(unsent.error(), Errc::closed);
    EXPECT_EQ(world.network.server.executed["GET b"], 0);
}

TEST(Client, MayBeDestroyedByWhoItAnswers)
{
    ClientWorld world;
    int answered = 0;
    world.client->get("a")([&](const auto&) {
        ++answered;
        world.client.reset();
    });
    world.client->get("b")([&](const auto& result) { answered += result.has_error() ? 1 : 10; });
    world.settle();
    EXPECT_EQ(answered, 2);
}

TEST(Client, LetsAnExceptionOfAHandlerOutOfTheEventLoopAndGoesOn)
{
    ClientWorld world;
    AskedText b;
    world.client->get("a")([](const auto&) { throw std::runtime_error("a handler's"); });
    world.client->get("b")([&](auto result) { b.result.emplace(std::move(result)); });
    EXPECT_THROW(world.settle(), std::runtime_error);
    world.settle();
    EXPECT_EQ(**b.result, "bb");
    EXPECT_EQ(world.value_of("c"), "cc");
}

TEST(Client, SendsAPipelineInOneWriteAndCollectsItsReplies)
{
    ClientWorld world;
    ASSERT_EQ(world.value_of("w"), "ww");
    const int before = world.network.writes;
    client::Pipeline pipeline;
    pipeline.get("a");
    pipeline.lrange("list", 0, -1);
    pipeline.incr("n");
    Asked<client::Replies> replies;
    world.ask(world.client->exec(pipeline), replies);
    world.settle();
    ASSERT_TRUE(replies.ok());
    EXPECT_EQ((*replies.result)->at(0)->text, "aa");
    EXPECT_EQ((*replies.result)->at(1)->children.size(), 2U);
    EXPECT_EQ((*replies.result)->at(2)->integer, 1);
    EXPECT_EQ(world.network.writes, before + 1);
}

boost::asio::awaitable<void> get_a(Client* client, std::string* value)
{
    const auto got = co_await client->get("a");
    *value = got.value().value();
}

TEST(Operation, IsAwaitedByCoroutinesOfAnyExecutor)
{
    ClientWorld world;
    std::string value;
    asio::co_spawn(boost::asio::any_io_executor(world.context.get_executor()),
                   get_a(&*world.client, &value),
                   [](const std::exception_ptr& fault) { EXPECT_FALSE(fault); });
    world.settle();
    EXPECT_EQ(value, "aa");
}

TEST(Operation, ResumesWhoBelongsElsewhereThere)
{
    ClientWorld world;
    asio::io_context elsewhere{1};
    std::string value;
    asio::co_spawn(elsewhere, get_a(&*world.client, &value),
                   [](const std::exception_ptr& fault) { EXPECT_FALSE(fault); });
    elsewhere.poll();
    world.settle();
    EXPECT_EQ(value, "");
    EXPECT_FALSE(elsewhere.stopped()) << "somebody of its own still waits";
    elsewhere.restart();
    elsewhere.run();
    EXPECT_EQ(value, "aa");
}

TEST(Client, BecomesASubscriberWhenWhatWaitsIsAnswered)
{
    ClientWorld world;
    AskedText a;
    world.ask(world.client->get("a"), a);
    world.step();
    client::Subscriber subscriber = std::move(*world.client).subscribe();
    world.client.reset();
    world.settle();
    EXPECT_EQ(**a.result, "aa");
    EXPECT_EQ(world.network.server.connections, 1);
}

TEST(Client, HandsOverMessagesThatAnswerNothing)
{
    ClientWorld world;
    std::string pushed;
    world.client->on_push([&](protocol::Value&& push) {
        pushed += push.children.at(0).text;
        if (pushed == "q") throw std::runtime_error("a handler's");
    });
    ASSERT_EQ(world.value_of("w"), "ww");
    world.network.say(">1\r\n+q\r\n>1\r\n+p\r\n");
    EXPECT_THROW(world.settle(), std::runtime_error);
    world.settle();
    EXPECT_EQ(pushed, "qp");
    EXPECT_EQ(world.value_of("a"), "aa");
}

TEST(Watch, FailsForGoodWhenItsConnectionIsLost)
{
    ClientWorld world;
    client::Watch watch(world.context.get_executor(), {}, world.network.outside());
    Asked<void> watched;
    world.ask(watch.keys("a"), watched);
    world.settle();
    ASSERT_TRUE(watched.ok());
    world.network.hang_up();
    world.settle();
    client::Transaction transaction;
    transaction.incr("a");
    Asked<client::Outcome> outcome;
    world.ask(watch.exec(transaction), outcome);
    world.settle();
    EXPECT_EQ(outcome.error(), Errc::connection_lost);
    EXPECT_EQ(world.network.server.executed["EXEC"], 0);
}

}  // namespace
}  // namespace mini_redis::tests
