// Lists of commands, since no server tells these things of its commands.
#include "client/cli/nature.hpp"

#include "protocol/text.hpp"

#include <algorithm>
#include <initializer_list>

namespace mini_redis::cli {
namespace {

using Name = std::initializer_list<std::string_view>;

bool begins_with_any(const Words& words, std::initializer_list<Name> names)
{
    return std::ranges::any_of(names, [&](Name name) { return begins_with(words, name); });
}

bool is(const std::string& word, std::string_view name)
{
    return protocol::equal_ignoring_case(word, name);
}

// HELLO [version [AUTH user password] [SETNAME name]]
bool greets_with_password(const Words& words)
{
    std::size_t i = 2;
    while (i + 1 < words.size() && is(words[i], "setname")) i += 2;
    return i + 2 < words.size() && is(words[i], "auth");
}

// MIGRATE host port key db timeout [COPY] [REPLACE] [AUTH password] [AUTH2 user password] [KEYS
// ...]
bool migrates_with_password(const Words& words)
{
    for (std::size_t i = 6; i < words.size(); ++i) {
        const auto behind = words.size() - 1 - i;
        if (is(words[i], "auth") && behind >= 1) return true;
        if (is(words[i], "auth2") && behind >= 2) return true;
        if (is(words[i], "keys") && behind >= 1) return false;
    }
    return false;
}

}  // namespace

bool replies_with_report(const Words& words)
{
    const auto count = words.size();
    if (begins_with_any(words, {{"info"},
                                {"lolwut"},
                                {"debug", "htstats"},
                                {"debug", "htstats-key"},
                                {"debug", "client-eviction"},
                                {"memory", "malloc-stats"},
                                {"memory", "doctor"},
                                {"client", "list"},
                                {"client", "info"},
                                {"proxy", "info"}}))
        return true;
    if (count == 2 &&
        begins_with_any(words, {{"cluster", "nodes"}, {"cluster", "info"}, {"latency", "doctor"}}))
        return true;
    return count == 3 && begins_with(words, {"latency", "graph"});
}

bool listens_to_channels(const Words& words)
{
    return begins_with_any(words, {{"subscribe"}, {"psubscribe"}, {"ssubscribe"}});
}

bool leaves_channels(const Words& words)
{
    return begins_with_any(words, {{"unsubscribe"}, {"punsubscribe"}, {"sunsubscribe"}});
}

bool is_secret(const Words& words)
{
    if (begins_with_any(words, {{"auth"},
                                {"acl", "setuser"},
                                {"config", "set", "masterauth"},
                                {"config", "set", "masteruser"},
                                {"config", "set", "requirepass"}}))
        return true;
    return (begins_with(words, {"hello"}) && greets_with_password(words)) ||
           (begins_with(words, {"migrate"}) && migrates_with_password(words));
}

}  // namespace mini_redis::cli
