// What a client has to know of a command before it sends it: how its reply is shown, and whether
// there is but one.
#pragma once

#include "client/cli/words.hpp"

namespace mini_redis::cli {

// The reply is a text that is made for people: it is shown as it is.
bool replies_with_report(const Words& words);

// Replies come until somebody stops them.
bool listens_to_channels(const Words& words);

// In RESP3 what answers it is a push.
bool leaves_channels(const Words& words);

// It carries a password: not for the history.
bool is_secret(const Words& words);

}  // namespace mini_redis::cli
