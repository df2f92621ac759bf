// Foreign directives: what Redis 7.0 knows and this server does not, so that a redis.conf can be
// taken as it is, and a slip of the pen is still found. Those that guard a server are not passed
// over: who relies on them must learn that nobody is on guard.
#pragma once

#include <string_view>

namespace mini_redis::config {

// Whether Redis 7.0 reads this directive from a file; letter case does not matter.
bool is_foreign_directive(std::string_view name);

// Whether passing it over would leave open what its author thinks is closed.
bool is_guarding_directive(std::string_view name);

}  // namespace mini_redis::config
