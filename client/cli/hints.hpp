// What is shown, and offered, while a line is being typed.
#pragma once

#include "client/cli/command_docs.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace mini_redis::cli {

// The arguments that are still to come, with a space before them if the line needs one. Empty if
// the line begins with no known command.
std::string hint(const CommandDocs& docs, std::string_view line);

// The whole lines that this one may become. Behind "help " groups are offered, too.
std::vector<std::string> completions(const CommandDocs& docs, std::string_view line);

}  // namespace mini_redis::cli
