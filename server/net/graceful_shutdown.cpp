// Who is told, and how it is noticed that all have left.
#include "server/net/graceful_shutdown.hpp"

#include "server/observability/log.hpp"
#include "server/runtime/alarm.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace mini_redis::net {
using runtime::awaitable;
using runtime::Phase;

GracefulShutdown::GracefulShutdown(std::vector<std::unique_ptr<Worker>>& workers,
                                   std::function<void(Phase)> entered)
    : workers_(workers),
      config_(workers.front()->services().config),
      entered_(std::move(entered)),
      shutdown_(workers.front()->thread().executor(), workers.front()->services().time,
                [this] { return patience(); }),
      not_accepting_(shutdown_.on(Phase::not_accepting, [this] { enter(Phase::not_accepting); })),
      not_reading_(shutdown_.on(Phase::not_reading, [this] { enter(Phase::not_reading); })),
      flushing_(shutdown_.on(Phase::flushing, [this] { enter(Phase::flushing); })),
      hard_(shutdown_.on(Phase::hard, [this] { enter(Phase::hard); }))
{
}

void GracefulShutdown::request()
{
    if (requested()) return;
    observability::Tracer& tracer = workers_.front()->counts().tracer;
    if (tracer.on()) {
        trace_ = std::make_unique<observability::Trace>(tracer, observability::SpanKind::shutdown,
                                                        "shutdown");
        traced_ = trace_->context();
    }
    workers_.front()->tasks().spawn("keep the shutdown's time", shutdown_.keep_time());
    shutdown_.request();
    shutdown_.finish(Phase::not_accepting);
}

void GracefulShutdown::force()
{
    shutdown_.force();
}

awaitable<void> GracefulShutdown::run()
{
    Worker& home = *workers_.front();
    co_await shutdown_.reached(Phase::not_reading);
    runtime::Alarm alarm(home.thread().executor(), home.services().time);
    while (!nobody(&Worker::load)) {
        if (nobody(&Worker::answering)) shutdown_.finish(Phase::not_reading);
        co_await alarm.wait_for(std::chrono::milliseconds(5));
    }
    trace_.reset();
    on_each_worker([](Worker& worker) { worker.finish(); });
}

void GracefulShutdown::report() const
{
    std::uint64_t drained = 0;
    std::uint64_t forced = 0;
    std::uint64_t bytes_lost = 0;
    for (const auto& worker : workers_) {
        drained += worker->farewells().drained.get();
        forced += worker->farewells().forced.get();
        bytes_lost += worker->farewells().bytes_lost.get();
    }
    const observability::Trace::Step step(traced_);
    observability::log_notice("stopped: {} clients drained, {} forced, which were owed {} bytes",
                              drained, forced, bytes_lost);
}

runtime::Patience GracefulShutdown::patience() const
{
    using std::chrono::seconds;
    return {.not_reading = seconds(config_.shutdown_answer_timeout.get()),
            .flushing = seconds(config_.shutdown_timeout.get())};
}

bool GracefulShutdown::nobody(std::size_t (Worker::*count)() const) const
{
    return std::ranges::all_of(workers_,
                               [&](const auto& worker) { return ((*worker).*count)() == 0; });
}

void GracefulShutdown::enter(Phase phase)
{
    phase_ = phase;
    if (trace_) trace_->open(observability::SpanKind::phase, to_string(phase));
    entered_(phase);
    if (phase == Phase::not_accepting) return;  // to those that are there it means nothing
    on_each_worker([phase](Worker& worker) { worker.shut_down(phase); });
}

template <class Function>
void GracefulShutdown::on_each_worker(Function function)
{
    for (const auto& worker : workers_)
        worker->thread().post([function, &target = *worker] { function(target); });
}

}  // namespace mini_redis::net
