// Collects what the threads' tracers have recorded, twice a second, and hands it to the sinks.
//
//   tracers -> exporter -> collector, over HTTP
//                       -> file
//
// It has a thread of its own, so that a slow collector or disk delays no client.
#pragma once

#include "server/observability/tracer.hpp"
#include "server/runtime/alarm.hpp"
#include "server/runtime/io_thread.hpp"
#include "server/runtime/task_group.hpp"
#include "server/tracing/sink.hpp"

#include <cstdint>
#include <memory>
#include <thread>
#include <vector>

namespace mini_redis::tracing {

class Exporter {
public:
    // They outlive it.
    explicit Exporter(std::vector<observability::Tracer*> tracers);
    ~Exporter();

    runtime::Executor executor() { return io_.executor(); }
    // Before start().
    void add(std::unique_ptr<Sink> sink) { sinks_.push_back(std::move(sink)); }

    // On a thread that it starts.
    void start();
    // From any thread but that one, once nothing more is recorded: what has been is still handed
    // on. Blocks until that is done, which takes as long as sinks let it. The log says what became
    // of them.
    void stop();

private:
    // Runs on: its own thread.  When cancelled: hands on what there is, and ends.  Fails: never.
    awaitable<void> work();
    awaitable<void> hand_on();
    void report() const;

    std::vector<observability::Tracer*> tracers_;
    runtime::IoThread io_;
    runtime::TaskGroup tasks_;
    runtime::Alarm alarm_;
    std::vector<std::unique_ptr<Sink>> sinks_;
    std::vector<Span> spans_;
    std::uint64_t lost_ = 0;  // that a sink could not take
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace mini_redis::tracing
