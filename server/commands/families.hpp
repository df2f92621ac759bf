// The families of commands, by name: what the composition root puts into the catalogue.
#pragma once

#include "server/dispatch/command.hpp"

#include <array>

namespace mini_redis::commands {

extern const dispatch::Family client;
extern const dispatch::Family connection;
extern const dispatch::Family monitor;
extern const dispatch::Family strings;
extern const dispatch::Family string_counters;

inline constexpr std::array families{&client, &connection, &monitor, &strings, &string_counters};

}  // namespace mini_redis::commands
