// What LATENCY has to say to people: a diagram of one event's samples, and a doctor's opinion.
#pragma once

#include "server/commands/grammar.hpp"

namespace mini_redis::commands {

using LatencyEvent = observability::LatencyMonitor::Event;

// A line for each sample: how long ago, how long it took, and a bar as long in proportion.
std::string latency_diagram(const LatencyEvent& event, std::int64_t now_seconds);

std::string latency_opinion(const Context& context);

}  // namespace mini_redis::commands
