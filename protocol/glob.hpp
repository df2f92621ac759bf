// Redis' glob patterns: * ? [abc] [^a-z] and \ to quote. A dot and a slash are ordinary.
#pragma once

#include <string_view>

namespace mini_redis::protocol {

// True if the pattern matches the whole text. Takes at most pattern x text steps. As in Redis, the
// empty text is matched by the empty pattern only, not even by "*".
bool glob_match(std::string_view pattern, std::string_view text, bool ignore_case = false);

}  // namespace mini_redis::protocol
