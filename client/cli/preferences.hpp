// What a person likes, as ":set hints": typed in a session, or kept in ~/.redisclirc.
#pragma once

#include "client/cli/words.hpp"

#include <string>

namespace mini_redis::cli {

struct Preferences {
    bool hints = true;

    // `words` begin with one that begins with a colon. Returns a complaint, or nothing.
    std::string set(const Words& words);
    // Reads the file, if there is one, and says what it does not understand.
    void load();
};

}  // namespace mini_redis::cli
