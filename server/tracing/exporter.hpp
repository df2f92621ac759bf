// Collects what the threads' tracers have recorded, twice a second, and hands it to the sinks.
//
//   tracers -> exporter -> [ spans ] -> collector, over HTTP
//                       -> [ spans ] -> file
//
// It has a thread of its own, so that a slow collector or disk delays no client; and each sink has
// a queue and a task of its own, so that it delays no other sink. A queue that is too long takes no
// more, and what it did not take is counted.
#pragma once

#include "server/observability/tracer.hpp"
#include "server/runtime/alarm.hpp"
#include "server/runtime/io_thread.hpp"
#include "server/runtime/notify.hpp"
#include "server/runtime/task_group.hpp"
#include "server/tracing/sink.hpp"

#include <atomic>
#include <cstdint>
#include <list>
#include <memory>
#include <thread>
#include <utility>
#include <vector>

namespace mini_redis::tracing {

class Exporter {
public:
    static constexpr std::size_t queue_max = 32'768;  // spans that wait for a sink

    // They outlive it.
    explicit Exporter(std::vector<observability::Tracer*> tracers);
    ~Exporter();

    runtime::Executor executor() { return io_.executor(); }
    // Before start().
    void add(std::unique_ptr<Sink> sink);

    // On a thread that it starts.
    void start();
    // From any thread but that one, once nothing more is recorded: what has been is still handed
    // on. Blocks until that is done, which takes as long as sinks let it. The log says what became
    // of the spans.
    void stop();

private:
    struct Outlet {
        Outlet(std::unique_ptr<Sink> its_sink, const runtime::Executor& executor)
            : sink(std::move(its_sink)), filled(executor)
        {
        }

        std::unique_ptr<Sink> sink;
        runtime::Notify filled;
        std::vector<Span> queue;
        std::uint64_t lost = 0;
    };

    // Runs on: its own thread.  When cancelled: as when it is stopped.  Fails: never.
    awaitable<void> collect();
    awaitable<void> work(Outlet& outlet);
    void collect_once();
    void report() const;

    std::vector<observability::Tracer*> tracers_;
    runtime::IoThread io_;
    runtime::TaskGroup tasks_;
    runtime::Alarm alarm_;
    std::list<Outlet> outlets_;
    std::vector<Span> spans_;
    std::atomic<bool> stopping_{false};
    bool over_ = false;  // nothing more is collected
    std::thread thread_;
};

}  // namespace mini_redis::tracing
