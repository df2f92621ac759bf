// What the API tells, as JSON.
#pragma once

#include "protocol/value.hpp"
#include "server/admin/house.hpp"
#include "server/admin/newsroom.hpp"

#include <span>
#include <string>
#include <string_view>

namespace mini_redis::admin {

// A reply as it is: maps with text keys as objects, other maps as lists of pairs, text that is no
// UTF-8 with "\ufffd" in place of what is none.
std::string to_json(const protocol::Value& value);

// INFO's parts as objects of objects; what is a number is one.
std::string info_json(std::string_view info);

// CLIENT LIST: an array of an object for each line; what is a number is one.
std::string clients_json(std::string_view list);

// What {"topics":["info","tasks","clients"]} asks for; nothing where it is not that.
Topics topics_of(std::string_view message);

// {"phase":"running","clients":3,"answering":3,"drained":0,"forced":0,"bytes_lost":0}
std::string shutdown_json(const ShutdownSeen& shutdown);

// [{"thread":0,"mailbox":{"length":0,"capacity":67108864},
//   "tasks":[{"name":"client","age_ms":12,"client":3,"state":"reading",
//             "parked_ms":5,"resumed":17,"busy_us":220,"longest_us":40,
//             "places":[{"file":"server/net/connection.cpp","line":71,"function":"..."}]}]}]
std::string tasks_json(std::span<const ThreadSeen> threads);

}  // namespace mini_redis::admin
