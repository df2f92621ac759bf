// One sample a second: the worst of it.
#include "server/observability/latency_monitor.hpp"

#include "protocol/text.hpp"

#include <algorithm>

namespace mini_redis::observability {

void LatencyMonitor::add(std::string_view name, std::int64_t unix_seconds,
                         std::uint32_t milliseconds)
{
    const std::lock_guard lock(mutex_);
    auto found = events_.find(name);
    if (found == events_.end())
        found = events_.emplace(std::string(name), Event{.name = std::string(name), .samples = {}})
                    .first;
    Event& event = found->second;
    event.worst_milliseconds = std::max(event.worst_milliseconds, milliseconds);
    if (!event.samples.empty() && event.samples.back().unix_seconds == unix_seconds) {
        Sample& last = event.samples.back();
        last.milliseconds = std::max(last.milliseconds, milliseconds);
        return;
    }
    event.samples.push_back({unix_seconds, milliseconds});
    if (event.samples.size() > samples_max) event.samples.pop_front();
}

std::vector<LatencyMonitor::Event> LatencyMonitor::events() const
{
    const std::lock_guard lock(mutex_);
    std::vector<Event> all;
    for (const auto& [name, event] : events_) all.push_back(event);
    return all;
}

std::optional<LatencyMonitor::Event> LatencyMonitor::event(std::string_view name) const
{
    const std::lock_guard lock(mutex_);
    const auto found = events_.find(name);
    if (found == events_.end()) return std::nullopt;
    return found->second;
}

std::size_t LatencyMonitor::reset(std::span<const std::string_view> names)
{
    const std::lock_guard lock(mutex_);
    return std::erase_if(events_, [&](const auto& entry) {
        return names.empty() || std::ranges::any_of(names, [&](std::string_view name) {
                   return protocol::equal_ignoring_case(name, entry.first);
               });
    });
}

}  // namespace mini_redis::observability
