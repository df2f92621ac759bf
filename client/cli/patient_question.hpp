// A question that is asked until it is answered: for modes that watch a server over days.
#pragma once

#include "client/cli/session.hpp"

namespace mini_redis::cli {

// While there is no connection it is tried again once a second, and shown how often.
protocol::Value ask_patiently(Session& session, const Words& words);

}  // namespace mini_redis::cli
