// What the commands on sets share.
#pragma once

#include "server/commands/collections.hpp"

namespace mini_redis::commands {

using values::Set;

inline Set::Limits set_limits(const Context& context)
{
    return {static_cast<std::size_t>(context.services.config.set_max_intset_entries.get())};
}

inline void reply_with_all(const Set& set, Writer& reply)
{
    reply.set(set.size());
    set.each([&](const Element& member) { reply_with(member, reply); });
}

}  // namespace mini_redis::commands
