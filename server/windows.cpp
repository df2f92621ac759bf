// Sessions over a pair of sockets, and looking at tasks where they live.
#include "server/windows.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <mutex>
#include <sys/socket.h>
#include <utility>

namespace mini_redis::server {
namespace {

// Filled by each thread; who fills the last part hands it on.
struct Look {
    std::mutex mutex;
    std::size_t missing;
    std::vector<admin::ThreadSeen> threads;
    admin::House::Then then;
};

admin::ThreadSeen look_at(std::size_t number, net::Worker& worker)
{
    using std::chrono::duration_cast;
    using std::chrono::milliseconds;
    const auto now = worker.services().time.now();
    admin::ThreadSeen seen{number, {}};
    for (const runtime::TaskGroup::Task& task : worker.tasks().tasks())
        seen.tasks.push_back({task.name, duration_cast<milliseconds>(now - task.since)});
    return seen;
}

std::string_view to_string(runtime::Phase phase)
{
    switch (phase) {
        case runtime::Phase::running:
            return "running";
        case runtime::Phase::not_accepting:
            return "not_accepting";
        case runtime::Phase::not_reading:
            return "not_reading";
        case runtime::Phase::flushing:
            return "flushing";
        case runtime::Phase::hard:
            return "hard";
    }
    __builtin_unreachable();
}

}  // namespace

runtime::Descriptor Windows::open_session()
{
    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends.data()) != 0)
        return runtime::Descriptor(-1);
    runtime::Descriptor ours(ends[0]);
    const auto least =
        std::ranges::min_element(workers_, {}, [](const auto& worker) { return worker->load(); });
    (*least)->adopt({runtime::Descriptor(ends[1]), AF_UNIX, "admin:0", "admin:0"});
    return ours;
}

void Windows::look_at_tasks(Then then)
{
    const auto look = std::make_shared<Look>();
    look->missing = workers_.size();
    look->threads.resize(workers_.size());
    look->then = std::move(then);
    for (std::size_t number = 0; number < workers_.size(); ++number) {
        net::Worker& worker = *workers_[number];
        worker.thread().post([look, number, &worker] {
            admin::ThreadSeen seen = look_at(number, worker);
            std::unique_lock lock(look->mutex);
            look->threads[number] = std::move(seen);
            if (--look->missing != 0) return;
            lock.unlock();
            look->then(std::move(look->threads));
        });
    }
}

admin::ShutdownSeen Windows::look_at_shutdown() const
{
    admin::ShutdownSeen seen{.phase = to_string(shutdown_->phase())};
    for (const auto& worker : workers_) {
        seen.clients += worker->load();
        seen.answering += worker->answering();
        seen.drained += worker->farewells().drained.get();
        seen.forced += worker->farewells().forced.get();
        seen.bytes_lost += worker->farewells().bytes_lost.get();
    }
    return seen;
}

}  // namespace mini_redis::server
