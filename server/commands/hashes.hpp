// What the commands on hashes share.
#pragma once

#include "server/commands/collections.hpp"

namespace mini_redis::commands {

using values::Hash;

inline Hash::Limits hash_limits(const Context& context)
{
    const auto& config = context.services.config;
    return {static_cast<std::size_t>(config.hash_max_listpack_entries.get()),
            static_cast<std::size_t>(config.hash_max_listpack_value.get())};
}

}  // namespace mini_redis::commands
