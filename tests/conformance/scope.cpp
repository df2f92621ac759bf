// Sorted by command. Where a weight is 0, a written session compares what can be compared.
#include "tests/conformance/scope.hpp"

#include "tests/support/asking.hpp"
#include "tests/support/words.hpp"

#include <algorithm>
#include <iterator>

namespace mini_redis::tests {
namespace {

constexpr Rule same = Rule::same;
constexpr auto hash_order = "the order of a hash table";
constexpr auto measured = "what is measured differs from run to run";
constexpr auto blocks = "waits for somebody else";
constexpr auto changes_server = "changes the server for all later sessions";
constexpr auto by_table = "the command table is compared as a whole";
constexpr auto pushes = "its replies come when and as often as they like";
constexpr auto replicas = "needs a second server";

constexpr Scope table[] = {
    {"acl|deluser", same, 0, changes_server},
    {"acl|genpass", Rule::same_shape, 5, "chance"},
    {"acl|log", Rule::same_type, 5, measured},
    {"acl|setuser", same, 0, changes_server},
    {"asking", same, 0, "needs a cluster"},
    {"bgrewriteaof", same, 0, changes_server},
    {"bgsave", same, 0, changes_server},
    {"blmove", same, 2, ""},
    {"blmpop", same, 2, ""},
    {"blpop", same, 2, ""},
    {"brpop", same, 2, ""},
    {"brpoplpush", same, 2, ""},
    {"bzmpop", same, 2, ""},
    {"bzpopmax", same, 2, ""},
    {"bzpopmin", same, 2, ""},
    {"client|id", Rule::same_shape, 5, "ids count all connections"},
    {"client|info", Rule::client_lines, 5, "addresses, ages, sizes of buffers"},
    {"client|kill", same, 0, "may kill the session itself"},
    {"client|list", Rule::client_lines, 0, "earlier sessions may still be leaving"},
    {"client|pause", same, 0, blocks},
    {"client|reply", same, 0, "replies stop, and the pipeline loses count"},
    {"client|tracking", same, 0, pushes},
    {"command", Rule::same_type, 0, by_table},
    {"command|count", Rule::same_type, 5, "we may have fewer commands"},
    {"command|docs", Rule::same_type, 0, by_table},
    {"command|getkeysandflags", same, 20, ""},
    {"command|info", Rule::same_type, 0, by_table},
    {"command|list", Rule::same_type, 5, "we may have fewer commands"},
    {"config|get", Rule::any_order_of_pairs, 0, "we may have fewer directives"},
    {"config|resetstat", same, 5, ""},
    {"config|rewrite", same, 0, changes_server},
    {"config|set", same, 0, changes_server},
    {"dbsize", Rule::same_shape, 20, "keys whose time has passed may still be counted"},
    {"debug", same, 0, "no grammar, and much of it is Redis' insides"},
    {"dump", Rule::same_type, 5, "how a value is packed is left open"},
    {"expiretime", Rule::about_seconds, 20, "the clock"},
    {"failover", same, 0, replicas},
    {"flushall", same, 2, ""},
    {"flushdb", same, 3, ""},
    {"hello", Rule::greeting, 5, "the id of the connection"},
    {"hgetall", Rule::any_order_of_pairs, 20, hash_order},
    {"hkeys", Rule::any_order, 20, hash_order},
    {"hrandfield", Rule::same_shape, 20, "chance"},
    {"hscan", Rule::iteration, 20, hash_order},
    {"hvals", Rule::any_order, 20, hash_order},
    {"info", Rule::info, 5, measured},
    {"keys", Rule::any_order, 10, hash_order},
    {"lastsave", Rule::same_type, 2, "the clock"},
    {"latency|doctor", Rule::same_type, 2, measured},
    {"latency|histogram", Rule::same_type, 2, measured},
    {"latency|latest", Rule::same_type, 2, measured},
    {"lolwut", Rule::same_type, 2, "art is free"},
    {"memory|doctor", Rule::same_type, 2, measured},
    {"memory|malloc-stats", Rule::same_type, 1, measured},
    {"memory|purge", same, 1, ""},
    {"memory|stats", Rule::same_type, 2, measured},
    {"memory|usage", Rule::same_shape, 0, "Redis weighs keys whose time has passed, too"},
    {"migrate", same, 0, replicas},
    {"module|load", same, 0, changes_server},
    {"module|loadex", same, 0, changes_server},
    {"module|unload", same, 0, changes_server},
    {"monitor", same, 0, pushes},
    {"multi", same, 10, ""},
    {"object|freq", same, 5, ""},
    {"object|idletime", Rule::same_type, 10, "Redis' small integers share one clock"},
    {"object|refcount", Rule::same_shape, 5, "which objects are shared is left open"},
    {"pexpiretime", Rule::about_milliseconds, 20, "the clock"},
    {"pfselftest", same, 0, "takes seconds"},
    {"psubscribe", same, 0, pushes},
    {"psync", same, 0, replicas},
    {"pttl", Rule::about_milliseconds, 20, "the clock"},
    {"punsubscribe", same, 0, pushes},
    {"quit", same, 0, "ends the session"},
    {"randomkey", Rule::existing_key, 5, "chance"},
    {"replconf", same, 0, replicas},
    {"replicaof", same, 0, changes_server},
    {"reset", same, 3, ""},
    {"restore-asking", same, 0, "needs a cluster"},
    {"save", same, 0, changes_server},
    {"scan", Rule::iteration, 10, hash_order},
    {"script|debug", same, 0, changes_server},
    {"sdiff", Rule::any_order, 20, hash_order},
    {"select", same, 5, ""},
    {"shutdown", same, 0, "ends the server"},
    {"sinter", Rule::any_order, 20, hash_order},
    {"slaveof", same, 0, changes_server},
    {"slowlog|get", Rule::same_type, 2, measured},
    {"slowlog|len", Rule::same_type, 2, measured},
    {"slowlog|reset", same, 2, ""},
    {"smembers", Rule::any_order, 20, hash_order},
    {"sort", Rule::any_order, 20, "a set sorted by nothing comes in the order of its hash table"},
    {"sort_ro", Rule::any_order, 20, hash_order},
    {"spop", Rule::same_shape, 0, "chance, and then the data differ"},
    {"spublish", same, 5, ""},
    {"srandmember", Rule::same_shape, 20, "chance"},
    {"sscan", Rule::iteration, 20, hash_order},
    {"ssubscribe", same, 0, pushes},
    {"subscribe", same, 0, pushes},
    {"sunion", Rule::any_order, 20, hash_order},
    {"sunsubscribe", same, 0, pushes},
    {"swapdb", same, 3, ""},
    {"sync", same, 0, replicas},
    {"time", Rule::same_shape, 5, "the clock"},
    {"ttl", Rule::about_seconds, 20, "the clock"},
    {"unsubscribe", same, 0, pushes},
    {"wait", same, 0, blocks},
    {"xadd", same, 60, ""},
    {"xgroup|create", same, 40, ""},
    {"xgroup|delconsumer", same, 10, ""},
    {"xgroup|destroy", same, 5, ""},
    {"xinfo|consumers", Rule::delivery_times, 20, "the clock"},
    {"xinfo|stream", Rule::delivery_times, 20, "the clock"},
    {"xpending", Rule::delivery_times, 20, "the clock"},
    {"xreadgroup", same, 60, ""},
    {"xtrim", same, 10, ""},
    {"zrandmember", Rule::same_shape, 20, "chance"},
    {"zscan", Rule::iteration, 20, hash_order},
};

constexpr Scope ordinary{"", Rule::same, 20, ""};
constexpr Scope help{"", Rule::same_type, 1, "the wording is our own"};

struct Avoided {
    std::string_view command;
    std::string_view argument;
    std::string_view reason;
};

constexpr Avoided avoided_arguments[] = {
    {"xadd", "auto_id", "the clock"},
};

struct Refusing {
    std::string_view start;  // of the name
    std::string_view reason;
};

constexpr Refusing refusing[] = {
    {"acl|load", "no file of users"},
    {"acl|save", "no file of users"},
    {"client|caching", "nothing is tracked"},
    {"cluster|", "no cluster"},
    {"evalsha", "no such script"},
    {"fcall", "no such function"},
    {"function|delete", "no such library"},
    {"function|kill", "nothing runs"},
    {"function|load", "random bytes are no program"},
    {"function|restore", "random bytes are no program"},
    {"latency|graph", "no events"},
    {"readonly", "no cluster"},
    {"readwrite", "no cluster"},
    {"script|kill", "nothing runs"},
};

}  // namespace

const Scope& scope_of(std::string_view command)
{
    if (command.ends_with("|help")) return help;
    const auto* found = std::find_if(std::begin(table), std::end(table),
                                     [&](const Scope& line) { return line.command == command; });
    return found == std::end(table) ? ordinary : *found;
}

Rule rule_of(const Words& words)
{
    if (words.empty()) return Rule::same;
    const auto name = lowered(words[0]);
    if (words.size() < 2) return scope_of(name).rule;
    const auto& subcommand = scope_of(name + '|' + lowered(words[1]));
    const auto rule = &subcommand != &ordinary ? subcommand.rule : scope_of(name).rule;
    // Only a whole iteration can be compared: a cursor from nowhere means what each server likes.
    const bool whole =
        words.size() > cursor_position(words) && words[cursor_position(words)] == "0";
    return rule == Rule::iteration && !whole ? Rule::same_type : rule;
}

bool always_refused(std::string_view command)
{
    return std::any_of(std::begin(refusing), std::end(refusing),
                       [&](const Refusing& line) { return command.starts_with(line.start); });
}

bool avoided(std::string_view command, std::string_view argument)
{
    return std::any_of(
        std::begin(avoided_arguments), std::end(avoided_arguments),
        [&](const Avoided& line) { return line.command == command && line.argument == argument; });
}

}  // namespace mini_redis::tests
