// Twice a second, and once more at the end.
#include "server/tracing/exporter.hpp"

#include "server/observability/fault.hpp"
#include "server/observability/log.hpp"

#include <chrono>
#include <utility>

namespace mini_redis::tracing {
namespace {

constexpr auto interval = std::chrono::milliseconds(500);

}  // namespace

Exporter::Exporter(std::vector<observability::Tracer*> tracers)
    : tracers_(std::move(tracers)),
      tasks_(io_.executor(), observability::note_fault),
      alarm_(io_.executor(), runtime::system_time)
{
}

Exporter::~Exporter()
{
    stop();
}

void Exporter::start()
{
    thread_ = std::thread([this] {
        tasks_.spawn("export traces", work());
        io_.run();
    });
}

void Exporter::stop()
{
    if (!thread_.joinable()) return;
    io_.post([this] {
        stopping_ = true;
        alarm_.cancel();
    });
    thread_.join();
    report();
}

awaitable<void> Exporter::work()
{
    while (!stopping_) {
        co_await alarm_.wait_for(interval);
        co_await hand_on();
    }
    co_await hand_on();
    io_.finish();
}

awaitable<void> Exporter::hand_on()
{
    spans_.clear();
    for (observability::Tracer* tracer : tracers_) tracer->collect(spans_);
    if (spans_.empty()) co_return;
    for (const auto& sink : sinks_) lost_ += co_await sink->take(spans_);
}

void Exporter::report() const
{
    std::uint64_t recorded = 0;
    std::uint64_t dropped = 0;
    for (const observability::Tracer* tracer : tracers_) {
        recorded += tracer->recorded.get();
        dropped += tracer->dropped.get();
    }
    observability::log_notice(
        "traced: {} spans, of which {} were not collected in time, and {} not "
        "taken",
        recorded, dropped, lost_);
}

}  // namespace mini_redis::tracing
