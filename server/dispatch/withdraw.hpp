// Taking a session out of everything it has asked to be part of.
#pragma once

#include "server/dispatch/listening.hpp"

namespace mini_redis::dispatch {

// What it has queued and what it watches.
inline void end_transaction(Services& services, Session& session)
{
    if (!session.transacting) return;
    services.watches.forget(session.transacting->watcher);
    session.transacting->end();
}

// What it monitors, tracks, hears, watches and waits for, and what it has queued: for RESET, and
// for its end.
inline void withdraw(Services& services, Session& session)
{
    services.clients.end_monitoring(session);
    services.tracking.disable(session);
    stop_listening(services, session);
    end_transaction(services, session);
    services.waits.withdraw(session.id);
}

}  // namespace mini_redis::dispatch
