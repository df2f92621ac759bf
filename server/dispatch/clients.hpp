// All sessions of the server, by id: what CLIENT LIST and CLIENT KILL look through, and MONITOR's readers.
#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "server/dispatch/session.hpp"

namespace mini_redis::dispatch {

class Clients {
public:
    std::uint64_t next_id() { return ++last_id_; }

    // A session is entered by its thread when it begins, and leaves before it is destroyed.
    void enter(Session& session)
    {
        const std::lock_guard lock(mutex_);
        sessions_.emplace(session.id, &session);
    }
    void leave(Session& session)
    {
        const std::lock_guard lock(mutex_);
        sessions_.erase(session.id);
    }

    std::size_t count() const
    {
        const std::lock_guard lock(mutex_);
        return sessions_.size();
    }

    // Calls `visit(Session&)` for each, oldest first; none can leave meanwhile. Keep it short.
    template <class Visit>
    void each(Visit&& visit) const
    {
        const std::lock_guard lock(mutex_);
        for (const auto& [id, session] : sessions_) visit(*session);
    }

    // Whether any session monitors; asked once a command, so it is one load.
    bool monitored() const { return monitors_.load(std::memory_order_relaxed) != 0; }
    void begin_monitoring(Session& session)
    {
        if (!session.monitor.exchange(true)) ++monitors_;
    }
    void end_monitoring(Session& session)
    {
        if (session.monitor.exchange(false)) --monitors_;
    }
    void show_to_monitors(std::shared_ptr<const std::string> line) const
    {
        each([&](Session& session) {
            if (session.monitor) session.link.push(line);
        });
    }

private:
    mutable std::mutex mutex_;
    std::map<std::uint64_t, Session*> sessions_;
    std::atomic<std::uint64_t> last_id_{0};
    std::atomic<int> monitors_{0};
};

}  // namespace mini_redis::dispatch
