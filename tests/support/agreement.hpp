// When two replies agree. Most must be the same bytes; the rules name what Redis leaves open
// (the order of a hash table, chance, the clock, sizes in memory) and still hold the rest fast:
// the type of every frame, the number of elements, every error.
#pragma once

#include <string_view>

namespace mini_redis::tests {

struct Frame;

enum class Rule {
    same,                // byte for byte
    any_order,           // an aggregate, its elements in any order (KEYS)
    any_order_of_pairs,  // a map or a flat array of pairs, the pairs in any order (CONFIG GET)
    same_shape,          // types and sizes all the way down, but other scalars (CLIENT ID)
    same_type,           // the type of the reply alone (LOLWUT)
    about_seconds,       // integers that may differ by a few seconds (TTL)
    about_milliseconds,  // the same in milliseconds (PTTL)
    delivery_times,      // the same, but for when entries of streams were delivered (XPENDING)
    client_lines,        // CLIENT LIST: the same fields, the same values where they are not chance
    monitor_line,        // what MONITOR tells, but for the time and the address
    info,                // INFO: no section or field that Redis does not have
    info_counts,         // INFO commandstats and the like: the same, but for times
    greeting,            // HELLO: pairs, the same but for the connection's id
    iteration,           // SCAN from cursor 0: what a whole iteration gives, as a set
    existing_key,        // RANDOMKEY: a key that exists
};

// The name as a session file writes it, "same_shape"; throws std::invalid_argument if unknown.
Rule rule_named(std::string_view name);

// Whether the two replies agree under the rule. Replies to `iteration` and `existing_key` are
// compared after the players have made comparable replies of them.
bool agree(Rule rule, std::string_view expected, std::string_view actual);
bool agree(Rule rule, const Frame& expected, const Frame& actual);

}  // namespace mini_redis::tests
