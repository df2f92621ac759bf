// What the commands on lists share.
#pragma once

#include "server/commands/collections.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>

namespace mini_redis::commands {

using values::End;
using values::List;

// Redis' list-max-listpack-size: a number of elements, whose block is still at most 8 KiB; or a
// size from -1 to -5, which is 4 to 64 KiB.
inline List::Limits list_limits(const Context& context)
{
    constexpr std::size_t any = std::numeric_limits<std::size_t>::max();
    const std::int64_t size = context.services.config.list_max_listpack_size.get();
    if (size >= 0) return {8192, static_cast<std::size_t>(std::max<std::int64_t>(size, 1))};
    return {std::size_t{2048} << std::min<std::int64_t>(-size, 5), any};
}

constexpr Event pushed(End end)
{
    return end == End::head ? Event::lpush : Event::rpush;
}

constexpr Event popped(End end)
{
    return end == End::head ? Event::lpop : Event::rpop;
}

// Takes so many from an end, which must be there, and writes them as an array.
inline void pop_several(Context& context, const Key& key, List& list, End from, std::size_t count,
                        Writer& reply)
{
    reply.array(count);
    for (std::size_t i = 0; i < count; ++i) {
        reply_with(list.peek(from), reply);
        list.pop(from);
    }
    context.data.report(popped(from), key, count);
}

template <class C>
constexpr auto end_arg(std::string_view name, End C::* field)
{
    return one_of(name, token("LEFT", field, End::head), token("RIGHT", field, End::tail));
}

}  // namespace mini_redis::commands
