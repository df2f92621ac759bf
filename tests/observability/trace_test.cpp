// A whole and its parts.
#include "server/observability/trace.hpp"

#include "server/runtime/manual_clock.hpp"

#include <memory>

#include <gtest/gtest.h>

namespace mini_redis::observability {
namespace {

using std::chrono::microseconds;

class ATrace : public testing::Test {
protected:
    ATrace()
    {
        tracer.begin(0, 1, clock);
        trace = std::make_unique<Trace>(tracer, SpanKind::batch, "batch", 7, tracer.connection(7));
    }

    std::vector<Span> collected()
    {
        std::vector<Span> spans;
        tracer.collect(spans);
        return spans;
    }

    runtime::ManualClock clock;
    Tracer tracer;
    std::unique_ptr<Trace> trace;
};

TEST_F(ATrace, EndsWhenItGoes)
{
    const SpanContext context = trace->context();
    trace->heard(10);
    trace->sent(20);
    clock.advance(microseconds(3));
    EXPECT_TRUE(collected().empty());
    trace.reset();
    const auto spans = collected();
    ASSERT_EQ(spans.size(), 1);
    const Span& whole = spans[0];
    EXPECT_EQ(whole.context, context);
    EXPECT_FALSE(whole.parent);
    EXPECT_EQ(whole.linked, tracer.connection(7));
    EXPECT_EQ(whole.ended_ns - whole.began_ns, 3'000);
    EXPECT_EQ(whole.client, 7);
    EXPECT_EQ(whole.bytes_in, 10);
    EXPECT_EQ(whole.bytes_out, 20);
}

TEST_F(ATrace, HasPartsThatHaveEnded)
{
    clock.advance(microseconds(2));
    trace->add(SpanKind::command, "get", trace->now_ns() - 1'000, true);
    const auto spans = collected();
    ASSERT_EQ(spans.size(), 1);
    EXPECT_EQ(spans[0].parent, trace->context());
    EXPECT_EQ(spans[0].context.trace_low, trace->context().trace_low);
    EXPECT_EQ(spans[0].name, "get");
    EXPECT_EQ(spans[0].ended_ns - spans[0].began_ns, 1'000);
    EXPECT_EQ(spans[0].client, 7);
    EXPECT_TRUE(spans[0].failed);
    trace.reset();
    EXPECT_EQ(collected().at(0).commands, 1);
}

TEST_F(ATrace, HasOneOpenPartAtATime)
{
    const SpanContext first = trace->open(SpanKind::wait, "first");
    EXPECT_TRUE(trace->is_open());
    clock.advance(microseconds(1));
    trace->open(SpanKind::wait, "second");
    auto spans = collected();
    ASSERT_EQ(spans.size(), 1);
    EXPECT_EQ(spans[0].context, first);
    EXPECT_EQ(spans[0].ended_ns - spans[0].began_ns, 1'000);
    trace->close();
    trace->close();
    EXPECT_FALSE(trace->is_open());
    trace->add(SpanKind::command, "get", trace->now_ns());
    spans = collected();
    ASSERT_EQ(spans.size(), 2);
    EXPECT_EQ(spans[0].name, "second");
}

TEST_F(ATrace, TakesUpAWaitThatWasNotOver)
{
    const SpanContext wait = trace->open(SpanKind::wait, "wait");
    for (int i = 0; i < 3; ++i) {
        clock.advance(microseconds(1));
        trace->close();
        EXPECT_EQ(trace->open(SpanKind::wait, "wait"), wait);
    }
    trace->close();
    clock.advance(microseconds(5));
    trace->add(SpanKind::command, "get", trace->now_ns());
    EXPECT_NE(trace->open(SpanKind::wait, "wait"), wait);
    const auto spans = collected();
    ASSERT_EQ(spans.size(), 2);
    EXPECT_EQ(spans[0].context, wait);
    EXPECT_EQ(spans[0].ended_ns - spans[0].began_ns, 3'000);
}

TEST_F(ATrace, TakesItsOpenPartAlong)
{
    trace->open(SpanKind::wait, "wait");
    trace.reset();
    const auto spans = collected();
    ASSERT_EQ(spans.size(), 2);
    EXPECT_EQ(spans[0].name, "wait");
    EXPECT_EQ(spans[1].name, "batch");
}

TEST_F(ATrace, IsWhatItsThreadWorksOnForAStep)
{
    EXPECT_FALSE(spanning);
    {
        const Trace::Step step(trace->context());
        EXPECT_EQ(spanning, trace->context());
        {
            const Trace::Step inner(tracer.connection(7));
            EXPECT_EQ(spanning, tracer.connection(7));
        }
        EXPECT_EQ(spanning, trace->context());
    }
    EXPECT_FALSE(spanning);
}

}  // namespace
}  // namespace mini_redis::observability
