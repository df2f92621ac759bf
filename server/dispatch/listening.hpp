// A session's part in pub/sub: what it listens to, and what others may see and do of that.
#pragma once

#include "server/dispatch/services.hpp"
#include "server/dispatch/session.hpp"

#include <cstdint>
#include <vector>

namespace mini_redis::dispatch {

inline void publish_counts(Session& session)
{
    for (std::size_t kind = 0; kind < pubsub::kind_count; ++kind)
        session.listening[kind] = static_cast<std::uint32_t>(
            session.subscriptions->count(static_cast<pubsub::Kind>(kind)));
}

// Before anything else here. One that is killed at the same time is not counted either: its killer
// finds what is made here, or it is found to be killed.
inline pubsub::Subscriptions& subscriptions_of(Services& services, Session& session,
                                               pubsub::Branch& branch)
{
    session.subscriptions.make(session.link, branch);
    if (session.killed) services.hub.withdraw(*session.subscriptions);
    return *session.subscriptions;
}

inline void listen(Services& services, Session& session, pubsub::Kind kind, std::string_view name)
{
    services.hub.subscribe(*session.subscriptions, kind, name);
    publish_counts(session);
}

inline void stop_listening(Services& services, Session& session, pubsub::Kind kind,
                           std::string_view name)
{
    services.hub.unsubscribe(*session.subscriptions, kind, name);
    publish_counts(session);
}

// To everything. What was published before has been taken when this returns.
inline void stop_listening(Services& services, Session& session)
{
    if (!session.subscriptions) return;
    services.hub.leave(*session.subscriptions);
    publish_counts(session);
}

// Closes the sessions that match. Nobody meets them any more, no publisher counts them and nothing
// is taken for them, though their threads still have to close them. How many.
template <class Matches>
std::size_t close_sessions(Services& services, Matches matches)
{
    std::vector<std::uint64_t> closed;
    services.clients.close(matches, [&](Session& session) {
        if (session.subscriptions) services.hub.withdraw(*session.subscriptions);
        closed.push_back(session.id);
    });
    for (const std::uint64_t id : closed) services.waits.end_of(id, Wait::End::left);
    return closed.size();
}

}  // namespace mini_redis::dispatch
