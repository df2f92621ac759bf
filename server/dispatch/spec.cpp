// The names of flags, categories and uses, as COMMAND prints them.
#include "server/dispatch/spec.hpp"

namespace mini_redis::dispatch {
namespace {

constexpr std::array<std::string_view, flag_count> flag_names{
    "write",    "readonly",     "denyoom",           "admin",
    "pubsub",   "noscript",     "blocking",          "loading",
    "stale",    "skip_monitor", "skip_slowlog",      "asking",
    "fast",     "no_auth",      "no_mandatory_keys", "no_async_loading",
    "no_multi", "movablekeys",  "allow_busy"};

constexpr std::array<std::string_view, category_count> category_names{
    "keyspace", "read",   "write",       "set",       "sortedset",  "list",        "hash",
    "string",   "bitmap", "hyperloglog", "geo",       "stream",     "pubsub",      "admin",
    "fast",     "slow",   "blocking",    "dangerous", "connection", "transaction", "scripting"};

constexpr std::array<std::string_view, use_count> use_names{
    "RW",     "RO",     "OW",      "RM",         "access",        "update",
    "insert", "delete", "not_key", "incomplete", "variable_flags"};

}  // namespace

std::string_view to_string(Flag flag)
{
    return flag_names[static_cast<unsigned>(flag)];
}

std::string_view to_string(Category category)
{
    return category_names[static_cast<unsigned>(category)];
}

std::string_view to_string(Use use)
{
    return use_names[static_cast<unsigned>(use)];
}

}  // namespace mini_redis::dispatch
