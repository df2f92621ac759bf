// /metrics: what INFO says, in Prometheus' text format (version 0.0.4).
//
// Names and labels are those of oliver006/redis_exporter, so that boards and alerts which were made
// for it fit. A field of INFO that has no number, or that this server does not have, gives no
// metric; nor does one whose name promtool objects to, and which rate() tells as well.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace mini_redis::admin {

inline constexpr std::string_view exposition_type = "text/plain; version=0.0.4; charset=utf-8";

// `info` is the reply to INFO everything; `now_s` the Unix time in seconds.
std::string exposition(std::string_view info, std::int64_t now_s);

}  // namespace mini_redis::admin
