// The answer to `help`: of a command, of a group, or of this program.
#pragma once

#include "client/cli/command_docs.hpp"
#include "client/cli/words.hpp"

#include <string>

namespace mini_redis::cli {

// `topic` is what stood behind `help`: nothing, the words of a command (the first is enough), or a
// group with "@" before it.
std::string help(const CommandDocs& docs, const Words& topic);

// "help" and "?"
bool asks_for_help(const Words& words);

}  // namespace mini_redis::cli
