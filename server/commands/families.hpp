// The families of commands, by name: what the composition root puts into the catalogue.
#pragma once

#include "server/dispatch/command.hpp"

#include <array>

namespace mini_redis::commands {

extern const dispatch::Family connection;
extern const dispatch::Family strings;
extern const dispatch::Family string_counters;
extern const dispatch::Family keys;
extern const dispatch::Family key_expiry;
extern const dispatch::Family key_moves;
extern const dispatch::Family key_scans;
extern const dispatch::Family object;
extern const dispatch::Family databases;
extern const dispatch::Family database_size;
extern const dispatch::Family flushing;

inline constexpr std::array families{&connection, &strings,       &string_counters, &keys,
                                     &key_expiry, &key_moves,     &key_scans,       &object,
                                     &databases,  &database_size, &flushing};

}  // namespace mini_redis::commands
