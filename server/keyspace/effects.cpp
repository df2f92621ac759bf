// The events' names.
#include "server/keyspace/effects.hpp"

#include <array>

namespace mini_redis::keyspace {
namespace {

// In the order of the enumerators.
constexpr auto names = std::to_array<std::string_view>({
    "append",
    "copy_to",
    "new",
    "del",
    "evicted",
    "expire",
    "expired",
    "flushall",
    "flushdb",
    "georadiusstore",
    "geosearchstore",
    "hdel",
    "hincrby",
    "hincrbyfloat",
    "hset",
    "incrby",
    "incrbyfloat",
    "linsert",
    "lpop",
    "lpush",
    "lrem",
    "lset",
    "ltrim",
    "keymiss",
    "move_from",
    "move_to",
    "persist",
    "pfadd",
    "pfcount",
    "rename_from",
    "rename_to",
    "restore",
    "rpop",
    "rpush",
    "sadd",
    "sdiffstore",
    "set",
    "setbit",
    "setrange",
    "sinterstore",
    "sortstore",
    "spop",
    "srem",
    "sunionstore",
    "swapdb",
    "xadd",
    "xdel",
    "xgroup-create",
    "xgroup-create",
    "xgroup-createconsumer",
    "xgroup-delconsumer",
    "xgroup-destroy",
    "xgroup-setid",
    "xsetid",
    "xtrim",
    "zadd",
    "zdiffstore",
    "zincr",
    "zinterstore",
    "zpopmax",
    "zpopmin",
    "zrangestore",
    "zrem",
    "zremrangebylex",
    "zremrangebyrank",
    "zremrangebyscore",
    "zunionstore",
});
static_assert(names.size() == event_count);

}  // namespace

std::string_view to_string(Event event)
{
    return names[static_cast<std::size_t>(event)];
}

}  // namespace mini_redis::keyspace
