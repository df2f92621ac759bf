// What a developer may choose, by environment variables:
//   MINI_REDIS_OURS       the server under test          (default: the one just built)
//   MINI_REDIS_REFERENCE  the server that is right        (default: redis-server)
//   MINI_REDIS_SEED       the first session's seed        (default: 1; a report names its own)
//   MINI_REDIS_COMMANDS   how many random commands to send
//   MINI_REDIS_ONLY       names or groups, "bitmap getex config|get": random commands of these only
//   MINI_REDIS_TRANSCRIPT if set, the session tests print every command with its reply
#pragma once

#include "tests/support/words.hpp"

#include <cstdint>
#include <string>

namespace mini_redis::tests {

std::string reference_binary();
std::string our_binary();
std::uint64_t first_seed();
std::size_t command_count(std::size_t usual);
Words only_these();
bool transcript_wanted();

// What both servers are started with: no persistence, DEBUG allowed, two threads.
Words server_arguments();

}  // namespace mini_redis::tests
