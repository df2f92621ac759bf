// The families of commands, by name: what the composition root puts into the catalogue.
#pragma once

#include "server/dispatch/command.hpp"

#include <array>

namespace mini_redis::commands {

extern const dispatch::Family bitfields;
extern const dispatch::Family bits;
extern const dispatch::Family client;
extern const dispatch::Family connection;
extern const dispatch::Family database_size;
extern const dispatch::Family dumps;
extern const dispatch::Family flushing;
extern const dispatch::Family generic_keys;
extern const dispatch::Family geo;
extern const dispatch::Family geo_searches;
extern const dispatch::Family hash_numbers;
extern const dispatch::Family hash_walks;
extern const dispatch::Family hashes;
extern const dispatch::Family hll_insides;
extern const dispatch::Family hyperloglogs;
extern const dispatch::Family key_expiry;
extern const dispatch::Family key_moves;
extern const dispatch::Family key_scans;
extern const dispatch::Family list_moves;
extern const dispatch::Family list_pops;
extern const dispatch::Family list_searches;
extern const dispatch::Family lists;
extern const dispatch::Family monitor;
extern const dispatch::Family object;
extern const dispatch::Family publishing;
extern const dispatch::Family server_command;
extern const dispatch::Family server_config;
extern const dispatch::Family server_debug;
extern const dispatch::Family server_info;
extern const dispatch::Family server_latency;
extern const dispatch::Family server_memory;
extern const dispatch::Family server_shutdown;
extern const dispatch::Family server_slowlog;
extern const dispatch::Family server_time;
extern const dispatch::Family set_algebra;
extern const dispatch::Family set_draws;
extern const dispatch::Family sets;
extern const dispatch::Family sorted_set_algebra;
extern const dispatch::Family sorted_set_parts;
extern const dispatch::Family sorted_set_pops;
extern const dispatch::Family sorted_set_ranges;
extern const dispatch::Family sorted_set_scores;
extern const dispatch::Family sorted_sets;
extern const dispatch::Family sorting;
extern const dispatch::Family stream_claims;
extern const dispatch::Family stream_groups;
extern const dispatch::Family stream_info;
extern const dispatch::Family stream_pending;
extern const dispatch::Family stream_ranges;
extern const dispatch::Family stream_reads;
extern const dispatch::Family streams;
extern const dispatch::Family string_counters;
extern const dispatch::Family string_lcs;
extern const dispatch::Family string_parts;
extern const dispatch::Family strings;
extern const dispatch::Family subscribing;
extern const dispatch::Family swap_databases;
extern const dispatch::Family transactions;

inline constexpr std::array families{&bitfields,
                                     &bits,
                                     &client,
                                     &connection,
                                     &database_size,
                                     &dumps,
                                     &flushing,
                                     &generic_keys,
                                     &geo,
                                     &geo_searches,
                                     &hash_numbers,
                                     &hash_walks,
                                     &hashes,
                                     &hll_insides,
                                     &hyperloglogs,
                                     &key_expiry,
                                     &key_moves,
                                     &key_scans,
                                     &list_moves,
                                     &list_pops,
                                     &list_searches,
                                     &lists,
                                     &monitor,
                                     &object,
                                     &publishing,
                                     &server_command,
                                     &server_config,
                                     &server_debug,
                                     &server_info,
                                     &server_latency,
                                     &server_memory,
                                     &server_shutdown,
                                     &server_slowlog,
                                     &server_time,
                                     &set_algebra,
                                     &set_draws,
                                     &sets,
                                     &sorted_set_algebra,
                                     &sorted_set_parts,
                                     &sorted_set_pops,
                                     &sorted_set_ranges,
                                     &sorted_set_scores,
                                     &sorted_sets,
                                     &sorting,
                                     &stream_claims,
                                     &stream_groups,
                                     &stream_info,
                                     &stream_pending,
                                     &stream_ranges,
                                     &stream_reads,
                                     &streams,
                                     &string_counters,
                                     &string_lcs,
                                     &string_parts,
                                     &strings,
                                     &subscribing,
                                     &swap_databases,
                                     &transactions};

}  // namespace mini_redis::commands
