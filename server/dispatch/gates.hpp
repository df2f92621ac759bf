// Why a command may be refused before it runs: one list, one order, Redis' texts.
#pragma once

#include "server/dispatch/catalogue.hpp"
#include "server/dispatch/services.hpp"
#include "server/keyspace/eviction.hpp"

#include <string>

namespace mini_redis::dispatch {

// A request at the gates. `command` is null when there is none of that name.
struct Asking {
    Services& services;
    Session& session;
    const Listed* command;
    Words words;
    keyspace::Evictor& evictor;
    keyspace::Milliseconds now;
};

// What a request does: of EXEC, what it has been told to do.
Flags flags_with_queued(const Session& session, const Listed& command);

// The error to answer with; empty if the command may pass.
std::string refuse(const Asking& asking);

// The same question when only the gates that a plain request can fail need be asked: whether it may
// pass at once. Never refuses; when it is unsure it says no, and refuse() decides.
bool passes_at_once(const Asking& asking);

}  // namespace mini_redis::dispatch
