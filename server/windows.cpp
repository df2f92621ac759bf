// Sessions over a pair of sockets, and looking at tasks where they live.
#include "server/windows.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <mutex>
#include <source_location>
#include <sys/socket.h>
#include <unordered_map>
#include <utility>

namespace mini_redis::server {
namespace {

using std::chrono::duration_cast;
using std::chrono::microseconds;
using std::chrono::milliseconds;

// Filled by each thread; who fills the last part hands it on.
struct Look {
    std::mutex mutex;
    std::size_t missing;
    std::vector<admin::ThreadSeen> threads;
    admin::House::Then then;
};

#ifdef MINI_REDIS_TRAILS

// From the root of the source tree; empty if it is none of ours.
std::string_view within_tree(std::string_view file)
{
    std::string_view root = std::source_location::current().file_name();
    root.remove_suffix(std::string_view("server/windows.cpp").size());
    return file.starts_with(root) ? file.substr(root.size()) : std::string_view();
}

// "awaitable<void> mini_redis::net::Worker::keep_house()" is net::Worker::keep_house.
std::string_view short_name(std::string_view function)
{
    constexpr std::string_view project = "mini_redis::";
    function = function.substr(0, function.find('('));
    function.remove_prefix(function.rfind(' ') + 1);
    if (function.starts_with(project)) function.remove_prefix(project.size());
    return function;
}

std::optional<admin::TrailSeen> look_at(const runtime::Trail& trail)
{
    using runtime::Trail;
    const Trail::Figures& figures = trail.figures();
    admin::TrailSeen seen{
        .places = {},
        .parked = duration_cast<milliseconds>(Trail::Clock::now() - figures.since),
        .resumed = figures.resumed,
        .busy = duration_cast<microseconds>(figures.busy),
        .longest = duration_cast<microseconds>(figures.longest),
    };
    for (const std::source_location& place : trail.places())
        if (const std::string_view file = within_tree(place.file_name()); !file.empty())
            seen.places.push_back(
                {std::string(file), place.line(), std::string(short_name(place.function_name()))});
    return seen;
}

#else

std::optional<admin::TrailSeen> look_at(const runtime::Trail&)
{
    return std::nullopt;
}

#endif

admin::ThreadSeen look_at(std::size_t number, net::Worker& worker)
{
    std::unordered_map<std::uint64_t, std::string_view> states;
    for (const auto& connection : worker.connections())
        states.emplace(connection->session().id, connection->doing());
    const auto now = worker.services().time.now();
    admin::ThreadSeen seen{.number = number,
                           .mail = {worker.waiting_mail(), worker.services().hub.mail_bytes_max},
                           .tasks = {}};
    for (const runtime::TaskGroup::Task& task : worker.tasks().tasks()) {
        const auto state = states.find(task.about);
        seen.tasks.push_back({.name = task.name,
                              .age = duration_cast<milliseconds>(now - task.since),
                              .client = task.about,
                              .state = state == states.end() ? "" : state->second,
                              .trail = look_at(task.child.trail())});
    }
    return seen;
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
        // Book: observability/looking. Who owns the tasks looks at them, and hands on what it saw.
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
