// A session's part in pub/sub: what it listens to, and the figures others may read of that.
#pragma once

#include "server/dispatch/services.hpp"
#include "server/dispatch/session.hpp"

namespace mini_redis::dispatch {

inline void publish_counts(Session& session)
{
    for (std::size_t kind = 0; kind < pubsub::kind_count; ++kind)
        session.listening[kind] = static_cast<std::uint32_t>(
            session.subscriptions->count(static_cast<pubsub::Kind>(kind)));
}

inline void listen(Services& services, pubsub::Branch& branch, Session& session, pubsub::Kind kind,
                   std::string_view name)
{
    services.hub.subscribe(branch, *session.subscriptions, kind, name);
    publish_counts(session);
}

inline void stop_listening(Services& services, pubsub::Branch& branch, Session& session,
                           pubsub::Kind kind, std::string_view name)
{
    services.hub.unsubscribe(branch, *session.subscriptions, kind, name);
    publish_counts(session);
}

// To everything. What was published before has been taken when this returns.
inline void stop_listening(Services& services, pubsub::Branch& branch, Session& session)
{
    if (!session.subscriptions) return;
    services.hub.leave(branch, *session.subscriptions);
    publish_counts(session);
    session.subscriptions.reset();
}

}  // namespace mini_redis::dispatch
