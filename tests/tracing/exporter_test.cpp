// Everything that was recorded reaches every sink, the last of it at the end.
#include "server/tracing/exporter.hpp"

#include "tests/support/log_file.hpp"
#include "tests/support/patience.hpp"

#include <atomic>
#include <memory>
#include <new>
#include <vector>

#include <gtest/gtest.h>

namespace mini_redis::tracing {
namespace {

class Box final : public Sink {
public:
    Box(std::atomic<std::size_t>& count, std::size_t loses) : count_(count), loses_(loses) {}

    std::string_view name() const override { return "box"; }
    awaitable<std::size_t> take(std::span<const Span> spans) override
    {
        count_ += spans.size();
        co_return loses_;
    }

private:
    std::atomic<std::size_t>& count_;
    std::size_t loses_;
};

// It lacks the memory, or it hangs until it is let go.
class Bad final : public Sink {
public:
    enum class Way { lacks_memory, hangs };

    Bad(runtime::Executor executor, Way way) : let_go_(executor), way_(way) {}

    std::string_view name() const override { return "bad one"; }
    awaitable<std::size_t> take(std::span<const Span>) override
    {
        if (way_ == Way::lacks_memory) throw std::bad_alloc();
        while (!free_) co_await let_go_.wait();
        co_return 0;
    }
    void let_go()
    {
        free_ = true;
        let_go_.notify();
    }

private:
    runtime::Notify let_go_;
    Way way_;
    bool free_ = false;
};

TEST(Exporter, HandsEverythingOnAndReports)
{
    tests::LogFile log;
    std::vector<observability::Tracer> tracers(2);
    for (auto& tracer : tracers) tracer.begin(0, 1, runtime::system_time);
    std::atomic<std::size_t> one = 0;
    std::atomic<std::size_t> two = 0;
    {
        Exporter exporter({&tracers[0], &tracers[1]});
        exporter.add(std::make_unique<Box>(one, 0));
        exporter.add(std::make_unique<Box>(two, 1));
        exporter.start();
        for (int i = 0; i < 50; ++i)
            for (auto& tracer : tracers) tracer.record({});
        EXPECT_TRUE(tests::eventually([&] { return one == 100; }));
        tracers[0].record({});
        exporter.stop();
        EXPECT_EQ(one, 101);
        exporter.stop();
    }
    EXPECT_EQ(two, 101);
    EXPECT_TRUE(log.has("traced: 101 spans, of which 0 were not collected in time"));
    EXPECT_TRUE(log.has("traced: 2 spans were lost on the way to the box"));
}

TEST(Exporter, GoesOnWithTheOthersWhenOneSinkIsBad)
{
    tests::LogFile log;
    observability::Tracer tracer;
    tracer.begin(0, 1, runtime::system_time);
    std::atomic<std::size_t> taken = 0;
    Exporter exporter({&tracer});
    exporter.add(std::make_unique<Bad>(exporter.executor(), Bad::Way::lacks_memory));
    auto hanging = std::make_unique<Bad>(exporter.executor(), Bad::Way::hangs);
    Bad& hangs = *hanging;
    exporter.add(std::move(hanging));
    exporter.add(std::make_unique<Box>(taken, 0));
    exporter.start();
    for (std::size_t round = 1; round <= 2; ++round) {
        tracer.record({});
        EXPECT_TRUE(tests::eventually([&] { return taken == round; }));
    }
    runtime::asio::post(exporter.executor(), [&] { hangs.let_go(); });
    exporter.stop();
    EXPECT_TRUE(log.has("traced: 2 spans were lost on the way to the bad one"));
}

// From another thread, while it collects: nothing is lost, nothing is told twice.
TEST(Exporter, CollectsWhileOthersRecord)
{
    tests::LogFile log;
    observability::Tracer tracer;
    tracer.begin(0, 1, runtime::system_time);
    std::atomic<std::size_t> taken = 0;
    Exporter exporter({&tracer});
    exporter.add(std::make_unique<Box>(taken, 0));
    exporter.start();
    for (int i = 0; i < 100'000; ++i) tracer.record({});
    exporter.stop();
    EXPECT_EQ(taken + tracer.dropped.get(), 100'000);
}

}  // namespace
}  // namespace mini_redis::tracing
