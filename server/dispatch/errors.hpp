// Redis' error replies that more than one place gives, to the letter.
#pragma once

#include <string_view>

namespace mini_redis::dispatch::errors {

inline constexpr std::string_view syntax = "ERR syntax error";
inline constexpr std::string_view not_an_integer = "ERR value is not an integer or out of range";
inline constexpr std::string_view not_a_float = "ERR value is not a valid float";
inline constexpr std::string_view wrong_type =
    "WRONGTYPE Operation against a key holding the wrong kind of value";
inline constexpr std::string_view no_such_key = "ERR no such key";
inline constexpr std::string_view same_object = "ERR source and destination objects are the same";
inline constexpr std::string_view out_of_range = "ERR value is out of range";
inline constexpr std::string_view overflow = "ERR increment or decrement would overflow";
inline constexpr std::string_view nan_or_infinity = "ERR increment would produce NaN or Infinity";
inline constexpr std::string_view no_auth = "NOAUTH Authentication required.";
inline constexpr std::string_view wrong_password =
    "WRONGPASS invalid username-password pair or user is disabled.";
inline constexpr std::string_view out_of_memory =
    "OOM command not allowed when used memory > 'maxmemory'.";
inline constexpr std::string_view database_out_of_range = "ERR DB index is out of range";
inline constexpr std::string_view too_many_clients = "ERR max number of clients reached";
inline constexpr std::string_view string_too_long =
    "ERR string exceeds maximum allowed size (proto-max-bulk-len)";

}  // namespace mini_redis::dispatch::errors
