// What the program does instead of running commands: each mode a function, each function a file.
//
// All begin with a session that is not yet connected, and return the exit code. Those that go on
// for ever are ended by Ctrl-C; those that have something to sum up do so first.
#pragma once

#include "client/cli/interrupt.hpp"
#include "client/cli/options.hpp"
#include "client/cli/session.hpp"

namespace mini_redis::cli {

// --pipe: the standard input goes to the server as it is, and replies are counted.
int run_pipe_mode(const Options& options, Session& session);
// --scan: the names of all keys.
int run_scan_mode(const Options& options, Session& session, const Interrupt& interrupt);
// --bigkeys and --memkeys: the greatest key of each type, and averages.
int run_big_keys_mode(const Options& options, Session& session, const Interrupt& interrupt);
// --stat: figures of INFO, line by line.
int run_stat_mode(const Options& options, Session& session);
// --latency and --latency-history: how long a PING takes.
int run_latency_mode(const Options& options, Session& session);
// --pubsub: which channels are alive, and how. The session has to listen to Ctrl-C.
int run_pubsub_mode(const Options& options, Session& session);

}  // namespace mini_redis::cli
