// The families of commands, by name: what the composition root puts into the catalogue.
#pragma once

#include "server/dispatch/command.hpp"

#include <array>

namespace mini_redis::commands {

extern const dispatch::Family connection;
extern const dispatch::Family strings;
extern const dispatch::Family string_parts;
extern const dispatch::Family string_counters;
extern const dispatch::Family string_lcs;
extern const dispatch::Family bits;
extern const dispatch::Family bitfields;

inline constexpr std::array families{&connection, &strings, &string_parts, &string_counters,
                                     &string_lcs, &bits,    &bitfields};

}  // namespace mini_redis::commands
