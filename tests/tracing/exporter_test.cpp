// Everything that was recorded reaches every sink, the last of it at the end.
#include "server/tracing/exporter.hpp"

#include "tests/support/log_file.hpp"

#include <memory>
#include <vector>

#include <gtest/gtest.h>

namespace mini_redis::tracing {
namespace {

class Box final : public Sink {
public:
    Box(std::size_t& count, std::size_t loses) : count_(count), loses_(loses) {}

    awaitable<std::size_t> take(std::span<const Span> spans) override
    {
        count_ += spans.size();
        co_return loses_;
    }

private:
    std::size_t& count_;
    std::size_t loses_;
};

TEST(Exporter, HandsEverythingOnAndReports)
{
    tests::LogFile log;
    std::vector<observability::Tracer> tracers(2);
    for (auto& tracer : tracers) tracer.begin(0, 1, runtime::system_time);
    std::size_t one = 0;
    std::size_t two = 0;
    {
        Exporter exporter({&tracers[0], &tracers[1]});
        exporter.add(std::make_unique<Box>(one, 0));
        exporter.add(std::make_unique<Box>(two, 1));
        exporter.start();
        for (int i = 0; i < 50; ++i)
            for (auto& tracer : tracers) tracer.record({});
        exporter.stop();
        EXPECT_EQ(one, 100);
        exporter.stop();
    }
    EXPECT_EQ(two, 100);
    EXPECT_TRUE(log.has("traced: 100 spans, of which 0 were not collected in time"));
}

// From another thread, while it collects: nothing is lost, nothing is told twice.
TEST(Exporter, CollectsWhileOthersRecord)
{
    tests::LogFile log;
    observability::Tracer tracer;
    tracer.begin(0, 1, runtime::system_time);
    std::size_t taken = 0;
    Exporter exporter({&tracer});
    exporter.add(std::make_unique<Box>(taken, 0));
    exporter.start();
    for (int i = 0; i < 100'000; ++i) tracer.record({});
    exporter.stop();
    EXPECT_EQ(taken + tracer.dropped.get(), 100'000);
}

}  // namespace
}  // namespace mini_redis::tracing
