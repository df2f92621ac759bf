// What the commands on strings share: reading a value that must be a string.
#pragma once

#include "server/commands/grammar.hpp"

namespace mini_redis::commands {

// False, and an error written, if there is an entry and it is not a string.
inline bool must_be_string(const Entry* entry, Writer& reply)
{
    if (!entry || entry->type() == keyspace::Type::string) return true;
    reply.error(errors::wrong_type);
    return false;
}

inline void reply_with_string(const Entry* entry, Writer& reply)
{
    if (!entry) return reply.null();
    if (!must_be_string(entry, reply)) return;
    char scratch[24];
    reply.bulk(entry->text(scratch));
}

}  // namespace mini_redis::commands
