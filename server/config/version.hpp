// What this program is called, and which Redis it speaks like.
#pragma once

#include <string_view>

namespace mini_redis::config {

inline constexpr char version[] = "0.1.0";

// Clients decide by INFO's redis_version and HELLO's version what they may use.
inline constexpr std::string_view redis_version = "7.0.15";

}  // namespace mini_redis::config
