// redis://[[user:]password@]host[:port][/database]
#pragma once

#include "client/cli/options.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace mini_redis::cli {

// Puts what the URI says into `entry` and leaves the rest. Returns what is wrong with the URI.
std::optional<std::string> read_uri(std::string_view uri, Entry& entry);

}  // namespace mini_redis::cli
