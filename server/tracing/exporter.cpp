// Twice a second, and once more at the end.
#include "server/tracing/exporter.hpp"

#include "server/observability/fault.hpp"
#include "server/observability/log.hpp"

#include <algorithm>
#include <chrono>
#include <new>
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

void Exporter::add(std::unique_ptr<Sink> sink)
{
    outlets_.emplace_back(std::move(sink), io_.executor());
}

void Exporter::start()
{
    for (Outlet& outlet : outlets_) tasks_.spawn("hand on traces", work(outlet));
    tasks_.spawn("collect traces", collect());
    thread_ = std::thread([this] {
        io_.finish();  // it ends when its tasks have
        io_.run();
    });
}

void Exporter::stop()
{
    if (!thread_.joinable()) return;
    stopping_ = true;
    try {
        io_.post([this] { alarm_.cancel(); });
    } catch (const std::bad_alloc&) {
        // Then it notices at its next round.
    }
    thread_.join();
    report();
}

awaitable<void> Exporter::collect()
{
    while (!stopping_) {
        co_await alarm_.wait_for(interval);
        collect_once();
    }
    collect_once();  // what was recorded while it looked
    over_ = true;
    for (Outlet& outlet : outlets_) outlet.filled.notify();
}

// What there is no memory for is lost, and the next round may find some.
void Exporter::collect_once()
{
    spans_.clear();
    try {
        for (observability::Tracer* tracer : tracers_) tracer->collect(spans_);
    } catch (const std::bad_alloc&) {
        observability::log_warning("spans are lost: there is no memory for them");
    }
    for (Outlet& outlet : outlets_) {
        const std::size_t room = queue_max - std::min(queue_max, outlet.queue.size());
        const auto some = std::span(spans_).first(std::min(room, spans_.size()));
        try {
            outlet.queue.insert(outlet.queue.end(), some.begin(), some.end());
            outlet.lost += spans_.size() - some.size();
        } catch (const std::bad_alloc&) {
            outlet.lost += spans_.size();
        }
        outlet.filled.notify();
    }
}

awaitable<void> Exporter::work(Outlet& outlet)
{
    std::vector<Span> spans;
    while (!over_ || !outlet.queue.empty()) {
        if (outlet.queue.empty()) {
            co_await outlet.filled.wait();
            continue;
        }
        spans.clear();
        spans.swap(outlet.queue);
        std::size_t lost = spans.size();
        try {
            lost = co_await outlet.sink->take(spans);
        } catch (const std::bad_alloc&) {
            // All of them.
        }
        outlet.lost += lost;
    }
}

void Exporter::report() const
{
    std::uint64_t recorded = 0;
    std::uint64_t dropped = 0;
    for (const observability::Tracer* tracer : tracers_) {
        recorded += tracer->recorded.get();
        dropped += tracer->dropped.get();
    }
    observability::log_notice("traced: {} spans, of which {} were not collected in time", recorded,
                              dropped);
    for (const Outlet& outlet : outlets_)
        if (outlet.lost != 0)
            observability::log_notice("traced: {} spans were lost on the way to the {}",
                                      outlet.lost, outlet.sink->name());
}

}  // namespace mini_redis::tracing
