// What is compared, and how. A command that the table does not name is generated like any other
// and its replies must be the same bytes; the table holds the exceptions, each with its reason.
#pragma once

#include "tests/support/agreement.hpp"
#include "tests/support/words.hpp"

#include <string_view>

namespace mini_redis::tests {

struct Scope {
    std::string_view command;
    Rule rule;
    unsigned weight;  // how often sessions choose it; 0: never, and the reason says why
    std::string_view reason;
};

// The table's line for a command ("config|get"), or the default.
const Scope& scope_of(std::string_view command);

// How the replies to a command are compared, whatever its case.
Rule rule_of(const Words& words);

// Whether no session can make the command succeed, so that only its errors are compared.
bool always_refused(std::string_view command);

// Options that sessions leave out although the grammar offers them, by the argument's name.
bool avoided(std::string_view command, std::string_view argument);

}  // namespace mini_redis::tests
