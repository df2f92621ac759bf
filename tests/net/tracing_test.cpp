// What a trace tells of the real connection: batches, commands, waits, and on whose behalf.
#include "server/observability/trace.hpp"
#include "tests/support/patience.hpp"
#include "tests/support/random_requests.hpp"
#include "tests/support/repeat.hpp"
#include "tests/support/world.hpp"

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mini_redis::tests {
namespace {

using observability::Span;
using observability::SpanKind;
using testing::ElementsAre;
using testing::IsEmpty;

class Tracing : public testing::Test {
protected:
    Tracing()
    {
        tracer().begin(0, 1, runtime::system_time);
        one_in("1");
    }

    observability::Tracer& tracer() { return world.worker().counts().tracer; }
    void one_in(const std::string& count) { world.config().tracing_one_in.assign(count); }

    // Since it was asked last.
    std::vector<Span> spans()
    {
        std::vector<Span> all;
        tracer().collect(all);
        return all;
    }
    std::vector<std::string> names()
    {
        std::vector<std::string> all;
        for (const Span& span : spans()) all.emplace_back(span.name);
        return all;
    }

    World world;
};

const Span& named(const std::vector<Span>& spans, std::string_view name)
{
    return *std::ranges::find(spans, name, &Span::name);
}

TEST_F(Tracing, TellsOfABatchItsCommandsAndTheirWrite)
{
    WorldClient client(world);
    client.round_trip("SET k v\r\nGET k\r\nLPUSH k x\r\n");
    const auto all = spans();
    ASSERT_EQ(all.size(), 5);
    const Span& batch = all[4];
    EXPECT_EQ(batch.kind, SpanKind::batch);
    EXPECT_EQ(batch.commands, 3);
    EXPECT_EQ(batch.bytes_in, 9 + 7 + 11);
    EXPECT_EQ(batch.bytes_out, 5 + 7 + 68);
    EXPECT_EQ(batch.linked, tracer().connection(batch.client));
    const std::vector<std::string_view> expected{"set", "get", "lpush", "write"};
    std::int64_t before = batch.began_ns;
    for (std::size_t i = 0; i < expected.size(); ++i) {
        EXPECT_EQ(all[i].name, expected[i]);
        EXPECT_EQ(all[i].parent, batch.context);
        EXPECT_EQ(all[i].failed, expected[i] == "lpush");
        EXPECT_GE(all[i].ended_ns, all[i].began_ns);
        EXPECT_GE(all[i].ended_ns, before);  // one after the other
        before = all[i].ended_ns;
    }
    EXPECT_LE(before, batch.ended_ns);
}

TEST_F(Tracing, TellsNothingOfWhatIsNotChosen)
{
    one_in("0");
    {
        WorldClient client(world);
        client.round_trip("PING\r\n");
    }
    world.step();
    EXPECT_THAT(names(), IsEmpty());
}

TEST_F(Tracing, TellsOfTheCommandsOfATransaction)
{
    WorldClient client(world);
    client.round_trip("MULTI\r\nSET k v\r\nGET k\r\nEXEC\r\nPING\r\n");
    const auto all = spans();
    ASSERT_EQ(all.size(), 7);
    const Span& exec = all[3];
    EXPECT_EQ(exec.name, "exec");
    // What it called lies within it, one behind the other.
    EXPECT_EQ(all[1].name, "set");
    EXPECT_GT(all[1].began_ns, exec.began_ns);
    EXPECT_EQ(all[2].began_ns, all[1].ended_ns);
    EXPECT_LE(all[2].ended_ns, exec.ended_ns);
    EXPECT_EQ(all[4].name, "ping");
    EXPECT_EQ(all[4].began_ns, exec.ended_ns);
}

TEST_F(Tracing, TellsOfWhatWasRefused)
{
    WorldClient client(world);
    client.round_trip("NONSENSE\r\nGET\r\nPING\r\n");
    const auto all = spans();
    ASSERT_EQ(all.size(), 5);
    EXPECT_EQ(all[0].name, "unknown command");
    EXPECT_TRUE(all[0].failed);
    EXPECT_EQ(all[1].name, "get");
    EXPECT_TRUE(all[1].failed);
    EXPECT_FALSE(all[2].failed);
    EXPECT_EQ(all[4].commands, 3);
}

TEST_F(Tracing, ARequestInPiecesIsOneBatch)
{
    WorldClient client(world);
    const std::string request = to_bytes({"SET", "k", std::string(1000, 'x')});
    client.round_trip(request.substr(0, 100));
    client.round_trip(request.substr(100, 500));
    EXPECT_THAT(names(), IsEmpty());
    EXPECT_EQ(client.round_trip(request.substr(600)), "+OK\r\n");
    const auto all = spans();
    ASSERT_EQ(all.size(), 4);
    EXPECT_EQ(all[0].name, "wait for the rest of a request");
    EXPECT_EQ(all[3].commands, 1);
    EXPECT_EQ(all[3].bytes_in, request.size());
}

TEST_F(Tracing, TellsThatAnAnswerIsAnError)
{
    WorldClient waiting(world);
    WorldClient other(world);
    other.round_trip("XGROUP CREATE s g $ MKSTREAM\r\n");
    waiting.round_trip("XREADGROUP GROUP g c BLOCK 0 STREAMS s >\r\n");
    spans();
    other.round_trip("XGROUP DESTROY s g\r\n");
    const auto all = spans();
    EXPECT_EQ(named(all, "xreadgroup").kind, SpanKind::answer);
    EXPECT_TRUE(named(all, "xreadgroup").failed);
}

TEST_F(Tracing, TellsWhoAnsweredWhatWaited)
{
    WorldClient waiting(world);
    WorldClient pushing(world);
    waiting.round_trip("BLPOP l 0\r\nPING\r\n");
    EXPECT_THAT(names(), ElementsAre("blpop"));
    pushing.round_trip("RPUSH l a\r\n");
    const auto all = spans();
    const Span& answer = named(all, "blpop");
    const Span& wait = named(all, "wait for a key");
    const Span& push = named(all, "rpush");
    EXPECT_EQ(answer.kind, SpanKind::answer);
    EXPECT_EQ(answer.parent, wait.context);
    EXPECT_EQ(answer.client, wait.client);
    EXPECT_NE(answer.context.trace_low, push.context.trace_low);
    EXPECT_GE(answer.began_ns, push.began_ns);
    EXPECT_LE(answer.ended_ns, push.ended_ns);
    EXPECT_GE(wait.ended_ns, answer.ended_ns);
    // What stood behind it is of the same batch.
    EXPECT_EQ(named(all, "ping").context.trace_low, wait.context.trace_low);
    EXPECT_EQ(std::ranges::count(all, SpanKind::batch, &Span::kind), 2);
}

TEST_F(Tracing, TellsOfAPause)
{
    WorldClient pausing(world);
    WorldClient client(world);
    pausing.round_trip("CLIENT PAUSE 100000\r\n");
    client.round_trip("GET k\r\n");
    spans();
    // It looks again and again whether it is over, and is told of once all the same.
    const auto began = std::chrono::steady_clock::now();
    while (std::chrono::steady_clock::now() - began < std::chrono::milliseconds(50)) world.step();
    EXPECT_THAT(names(), IsEmpty());
    pausing.round_trip("CLIENT UNPAUSE\r\n");
    ASSERT_TRUE(eventually([&] { return client.round_trip("").size() == 5; }));
    EXPECT_THAT(names(), ElementsAre("client|unpause", "write", "batch",
                                     "wait for the end of a pause", "get", "write", "batch"));
}

TEST_F(Tracing, TellsOfWhoIsSlowToRead)
{
    WorldClient client(world);
    client.send(to_bytes({"SET", "k", std::string(10'000, 'x')}));
    world.step();
    client.receive();
    spans();
    client.send(repeat("GET k\r\n", 100));
    world.step();
    auto all = spans();
    EXPECT_EQ(std::ranges::count(all, SpanKind::batch, &Span::kind), 0);
    std::size_t received = 0;
    for (std::string piece; !(piece = client.receive()).empty(); world.step())
        received += piece.size();
    EXPECT_EQ(received, 100 * 10'010);
    const auto rest = spans();
    all.insert(all.end(), rest.begin(), rest.end());
    EXPECT_EQ(std::ranges::count(all, "get", &Span::name), 100);
    EXPECT_GE(std::ranges::count(all, "wait until the client reads", &Span::name), 1);
    EXPECT_EQ(all.back().name, "batch");
    EXPECT_EQ(all.back().bytes_out, received);
}

// Else one that never reads all would be traced for ever.
TEST_F(Tracing, ABatchEndsWhenMoreIsHeardBehindIt)
{
    WorldClient client(world);
    client.send(to_bytes({"SET", "k", std::string(10'000, 'x')}));
    world.step();
    client.receive();
    client.send(repeat("GET k\r\n", 500));
    world.step();
    spans();
    one_in("0");
    client.round_trip("PING\r\n");
    EXPECT_THAT(names(), ElementsAre("wait until the client reads", "batch"));
}

TEST_F(Tracing, TellsOfAConnectionWhenItHasEnded)
{
    {
        WorldClient client(world);
        client.round_trip("BLPOP l 0\r\n");
        world.advance(60'000);  // its age is told by this clock, when it began by the tracer's
    }
    world.step();
    const auto all = spans();
    const Span& connection = named(all, "connection");
    EXPECT_EQ(connection.context, tracer().connection(connection.client));
    EXPECT_LE(connection.began_ns, named(all, "batch").began_ns);
    // What it left open ends with it.
    EXPECT_EQ(std::ranges::count(all, "wait for a key", &Span::name), 1);
    EXPECT_EQ(named(all, "batch").linked, connection.context);
    EXPECT_LE(named(all, "batch").ended_ns, connection.ended_ns);
}

TEST_F(Tracing, OfOneThatWasNotChosenTellsNothingEvenAtTheEnd)
{
    one_in("1000000");
    {
        WorldClient client(world);
        client.round_trip("PING\r\n");
    }
    world.step();
    EXPECT_THAT(names(), IsEmpty());
}

}  // namespace
}  // namespace mini_redis::tests
