// The server's end, phase by phase:
//
//   not_accepting   nobody new; it takes no time
//   not_reading     what was heard is answered, at most for shutdown-answer-timeout
//   flushing        what is owed is sent, at most for shutdown-timeout
//   hard            who is still there is closed, whatever it is owed
//
// It is over as soon as nobody is left.
#pragma once

#include "server/net/worker.hpp"
#include "server/observability/trace.hpp"
#include "server/runtime/shutdown.hpp"

#include <atomic>
#include <functional>
#include <memory>
#include <vector>

namespace mini_redis::net {

class GracefulShutdown {
public:
    // `entered` is called with each phase, on the first worker's thread, where everything here is
    // done.
    GracefulShutdown(std::vector<std::unique_ptr<Worker>>& workers,
                     std::function<void(runtime::Phase)> entered);

    bool requested() const { return shutdown_.requested(); }
    // From any thread.
    runtime::Phase phase() const { return phase_; }
    // Without effect if it was requested before.
    void request();
    // Waits for nobody, or no longer.
    void force();

    // Once all is over, the workers' tasks are cancelled and their threads end.
    // Runs on: the first worker's thread.  When cancelled: ends; run again, it goes on.
    // Fails: never.
    runtime::awaitable<void> run();

    // To the log: how many were drained, how many forced. From any thread, when the workers' have
    // ended.
    void report() const;

private:
    runtime::Patience patience() const;
    bool nobody(std::size_t (Worker::*count)() const) const;
    void enter(runtime::Phase phase);
    template <class Function>
    void on_each_worker(Function function);

    std::vector<std::unique_ptr<Worker>>& workers_;
    const config::Config& config_;
    const std::function<void(runtime::Phase)> entered_;
    std::atomic<runtime::Phase> phase_{runtime::Phase::running};
    std::unique_ptr<observability::Trace> trace_;  // from the request on, if anything is traced
    observability::SpanContext traced_;
    runtime::Shutdown shutdown_;
    runtime::Shutdown::Listener not_accepting_;
    runtime::Shutdown::Listener not_reading_;
    runtime::Shutdown::Listener flushing_;
    runtime::Shutdown::Listener hard_;
};

}  // namespace mini_redis::net
