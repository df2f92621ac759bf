// Asking one question: a command and its reply, or the several commands that one comparable
// answer takes. A lost connection is an answer too: an error that says so.
#pragma once

#include "tests/support/agreement.hpp"
#include "tests/support/client.hpp"

#include <cstddef>
#include <string>

namespace mini_redis::tests {

// The next reply; "-CONNECTION <why>" when there is none.
std::string receive_or_loss(Client& client);

// Sends the command and receives. For Rule::iteration the answer is all that the whole scan gives,
// as a sorted array; for Rule::existing_key it says whether the random key exists.
std::string ask(Client& client, Rule rule, const Words& words);

// Which word of a SCAN, SSCAN, HSCAN or ZSCAN is the cursor.
std::size_t cursor_position(const Words& words);

}  // namespace mini_redis::tests
