// The families of commands, by name: what the composition root puts into the catalogue.
#pragma once

#include <array>

#include "server/dispatch/command.hpp"

namespace mini_redis::commands {

extern const dispatch::Family connection;
extern const dispatch::Family strings;
extern const dispatch::Family string_counters;

inline constexpr std::array families{&connection, &strings, &string_counters};

}  // namespace mini_redis::commands
