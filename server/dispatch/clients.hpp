// All sessions of the server, by id: what CLIENT LIST and CLIENT KILL look through, and MONITOR's
// readers.
//
// A session that is here is alive as long as the lock is held, because its thread takes it out
// before it goes. What is done to it from here is no more than to read what may be read and to ask
// its link.
#pragma once

#include "server/dispatch/session.hpp"

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

namespace mini_redis::dispatch {

class Clients {
public:
    std::uint64_t next_id() { return ++last_id_; }

    // A session is entered by its thread when it begins, and leaves before it is destroyed; it may
    // leave twice.
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

    // The same for one; whether it is there.
    template <class Visit>
    bool with(std::uint64_t id, Visit&& visit) const
    {
        const std::lock_guard lock(mutex_);
        const auto found = sessions_.find(id);
        if (found == sessions_.end()) return false;
        visit(*found->second);
        return true;
    }

    // Closes all that match, and has them leave at once, so that nobody meets them again; calls
    // `closed(Session&)` for each. How many.
    template <class Matches, class Closed>
    std::size_t close(Matches&& matches, Closed&& closed)
    {
        const std::lock_guard lock(mutex_);
        return std::erase_if(sessions_, [&](const auto& entry) {
            Session& session = *entry.second;
            if (!matches(std::as_const(session))) return false;
            session.killed = true;
            session.link.close();
            closed(session);
            return true;
        });
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
