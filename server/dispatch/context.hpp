// What a command may touch while it runs: the data at one moment, who asks, what the server shares.
//
// There is nothing here to wait with. A command runs to its end on its connection's thread with its
// shards locked; that no lock outlives a suspension is so because a command cannot suspend.
#pragma once

#include "protocol/request_parser.hpp"
#include "server/dispatch/services.hpp"
#include "server/dispatch/session.hpp"
#include "server/keyspace/view.hpp"

namespace mini_redis::dispatch {

struct Context {
    keyspace::View data;
    Session& session;
    Services& services;
    ThreadCounts& counts;  // of this thread
    protocol::Words words;  // the whole request

    keyspace::Milliseconds now() const { return data.now(); }
};

}  // namespace mini_redis::dispatch
