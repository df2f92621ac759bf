// What all commands of one server share. The composition root makes it; nothing in it is optional.
#pragma once

#include "server/config/config.hpp"
#include "server/dispatch/catalogue.hpp"
#include "server/dispatch/clients.hpp"
#include "server/dispatch/notifications.hpp"
#include "server/dispatch/pause.hpp"
#include "server/dispatch/tally.hpp"
#include "server/dispatch/tracking.hpp"
#include "server/dispatch/waits.hpp"
#include "server/dispatch/watches.hpp"
#include "server/keyspace/keyspace.hpp"
#include "server/observability/latency_monitor.hpp"
#include "server/observability/slow_log.hpp"
#include "server/pubsub/hub.hpp"
#include "server/runtime/clock.hpp"

#include <atomic>
#include <cstdint>
#include <deque>
#include <functional>
#include <string>

namespace mini_redis::dispatch {

// What a command can ask of the server as a whole. Implemented by the composition root.
class Control {
public:
    virtual ~Control() = default;

    // SHUTDOWN: begins an orderly end, or with `now` one that waits for nobody.
    virtual void shut_down(bool now) = 0;
    // Runs `work` on a thread where it delays nobody.
    virtual void run_in_background(std::function<void()> work) = 0;
};

struct Services {
    config::Config& config;
    const Catalogue& catalogue;
    keyspace::Keyspace& keyspace;
    Control& control;
    runtime::Clock clock = runtime::unix_milliseconds;  // asked once a batch
    runtime::Time& time = runtime::system_time;         // to wait by

    Clients clients{};
    Pause pause{};
    pubsub::Hub hub{};
    Notifications notifications{config, keyspace.effects, hub};
    Tracking tracking{config, keyspace.effects, clients};
    Watches watches{keyspace.effects};
    Waits waits{keyspace};
    observability::SlowLog slow_log{};
    observability::LatencyMonitor latency{};
    std::deque<ThreadCounts> threads{};  // one a thread, made before any of them starts
    Tally tally{threads};

    std::string run_id{};
    std::int64_t started_ms = 0;  // unix time
    std::uint16_t port = 0;       // that is really listened on
};

}  // namespace mini_redis::dispatch
