// What is chosen, what is kept, and what is dropped.
#include "server/observability/tracer.hpp"

#include "server/runtime/manual_clock.hpp"

#include <gtest/gtest.h>

namespace mini_redis::observability {
namespace {

class ATracer : public testing::Test {
protected:
    ATracer() { tracer.begin(3, 1, clock); }

    std::vector<Span> collected()
    {
        std::vector<Span> spans;
        tracer.collect(spans);
        return spans;
    }
    int chosen(std::uint64_t one_in, int things)
    {
        int count = 0;
        for (int i = 0; i < things; ++i) count += tracer.chooses(one_in);
        return count;
    }

    runtime::ManualClock clock;
    Tracer tracer;
};

TEST(Tracer, ChoosesNothingUntilItBegins)
{
    Tracer tracer;
    EXPECT_FALSE(tracer.on());
    EXPECT_FALSE(tracer.chooses(1));
    std::vector<Span> spans;
    tracer.collect(spans);
    EXPECT_TRUE(spans.empty());
}

TEST_F(ATracer, ChoosesOneInSoMany)
{
    EXPECT_EQ(chosen(0, 1000), 0);
    EXPECT_EQ(chosen(1, 1000), 1000);
    EXPECT_NEAR(chosen(10, 100'000), 10'000, 500);
}

// Else a client that sends the same ten requests again and again shows one of them, or none.
TEST_F(ATracer, ChoosesNotAtRegularIntervals)
{
    std::vector<int> by_place(10);
    for (int i = 0; i < 100'000; ++i)
        by_place[static_cast<std::size_t>(i % 10)] += tracer.chooses(10);
    for (const int count : by_place) EXPECT_NEAR(count, 1000, 250);
}

TEST_F(ATracer, HeedsANewRateAtOnce)
{
    tracer.chooses(1'000'000'000);
    EXPECT_EQ(chosen(1, 10), 10);
}

TEST_F(ATracer, GivesIdsThatAreNobodyElses)
{
    const SpanContext trace = tracer.new_trace();
    const SpanContext child = tracer.child_of(trace);
    EXPECT_TRUE(trace);
    EXPECT_TRUE(child);
    EXPECT_NE(trace.span, child.span);
    EXPECT_EQ(trace_id(trace), trace_id(child));
    EXPECT_EQ(trace_id(trace).size(), 32);
    EXPECT_EQ(span_id(child).size(), 16);
    EXPECT_NE(trace_id(trace), trace_id(tracer.new_trace()));
    EXPECT_EQ(tracer.connection(7), tracer.connection(7));
    EXPECT_NE(trace_id(tracer.connection(7)), trace_id(tracer.connection(8)));
}

TEST_F(ATracer, HandsOutWhatWasRecordedOnceAndInOrder)
{
    for (const unsigned client : {1U, 2U, 3U}) {
        Span span;
        span.client = client;
        tracer.record(span);
    }
    const auto spans = collected();
    ASSERT_EQ(spans.size(), 3);
    EXPECT_EQ(spans[0].client, 1);
    EXPECT_EQ(spans[2].client, 3);
    EXPECT_EQ(spans[2].thread, 3);
    EXPECT_TRUE(collected().empty());
}

TEST_F(ATracer, DropsAndCountsWhatNobodyCollects)
{
    for (std::size_t i = 0; i < Tracer::spans_max + 10; ++i) tracer.record({});
    EXPECT_EQ(tracer.recorded.get(), Tracer::spans_max + 10);
    EXPECT_EQ(tracer.dropped.get(), 10);
    EXPECT_EQ(collected().size(), Tracer::spans_max);
    tracer.record({});
    EXPECT_EQ(collected().size(), 1);
}

TEST_F(ATracer, KnowsTheTimeOfDayThatGoesOnlyOn)
{
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    EXPECT_NEAR(static_cast<double>(tracer.now_ns()),
                static_cast<double>(std::chrono::nanoseconds(since).count()), 60e9);
    const std::int64_t before = tracer.now_ns();
    clock.advance(std::chrono::milliseconds(5));
    EXPECT_EQ(tracer.now_ns() - before, 5'000'000);
}

}  // namespace
}  // namespace mini_redis::observability
