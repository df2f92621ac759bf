// Makes a session that shows a difference as short as it goes: what can be left out without
// losing the difference is left out, first whole commands, then words.
#pragma once

#include "tests/conformance/match.hpp"

#include <chrono>
#include <string>

namespace mini_redis::tests {

struct Finding {
    Session session;  // ends with the command whose replies differ
    Difference difference;
};

// Plays the session again and again, but not longer than `patience`.
Finding shrink(Match& match, Finding finding,
               std::chrono::seconds patience = std::chrono::seconds(10));

// The session as redis-cli takes it, and both replies.
std::string report(const Finding& finding);

}  // namespace mini_redis::tests
