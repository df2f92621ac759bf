// What the commands on HyperLogLogs share: they are strings, of one form.
#pragma once

#include "server/commands/strings.hpp"
#include "server/values/hyperloglog.hpp"

#include <algorithm>
#include <string>

namespace mini_redis::commands {

using values::Hyperloglog;

inline constexpr std::string_view corrupt_hyperloglog = "INVALIDOBJ Corrupted HLL object detected";

// False, and an error written, if there is an entry and it is none.
inline bool must_be_hyperloglog(const Entry* entry, Writer& reply)
{
    if (!must_be_string(entry, reply)) return false;
    char scratch[24];
    if (!entry || Hyperloglog::is_one(entry->text(scratch))) return true;
    reply.error("WRONGTYPE Key is not a valid HyperLogLog string value.");
    return false;
}

// Of an entry that is one. (An integer is none.)
inline std::string_view hyperloglog_text(const Entry& entry)
{
    char unused[24];
    return entry.text(unused);
}

// In place of what is there, whose expiry stays. The caller reports the event.
inline void store_hyperloglog(Context& context, const Key& key, std::string_view text)
{
    std::ranges::copy(text, context.data.resize(key, text.size()).begin());
}

}  // namespace mini_redis::commands
