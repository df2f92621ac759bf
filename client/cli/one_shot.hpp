// One command from the command line, and the exit code that tells how it went.
#pragma once

#include "client/cli/options.hpp"
#include "client/cli/session.hpp"

namespace mini_redis::cli {

// Takes words from the standard input where -x or -X says so.
int run_one_command(const Options& options, Session& session);

// --eval: the script's file, and a command that is keys, a comma, and arguments.
int run_script(const Options& options, Session& session);

}  // namespace mini_redis::cli
