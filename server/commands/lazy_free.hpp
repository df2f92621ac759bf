// Freeing what takes long on another thread.
#pragma once

#include "server/commands/grammar.hpp"

#include <memory>
#include <utility>

namespace mini_redis::commands {

// Freeing this much at once takes longer than a request does: of 8 MiB and more jemalloc gives the
// pages back to the kernel at once, which takes 60 us for each MiB. Less takes under 1 us.
inline constexpr std::size_t costly_to_free = 8 << 20;

// `owner` is any smart pointer.
template <class Owner>
void free_in_background(const Context& context, Owner owner)
{
    context.services.control.run_in_background(
        [shared = std::make_shared<Owner>(std::move(owner))] { shared->reset(); });
}

}  // namespace mini_redis::commands
