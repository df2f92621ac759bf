// Drawing several of a collection by chance, each as likely as any other.
#pragma once

#include "server/commands/collections.hpp"

#include <string_view>
#include <unordered_set>

namespace mini_redis::commands {

// HRANDFIELD, SRANDMEMBER and ZRANDMEMBER: so many different ones, or with a negative count so many
// that may be the same. visit() gets what the collection's each() and draw() visit with.
template <class Collection, class Visit>
void draw_several(Context& context, const Collection& collection, std::int64_t count, Visit&& visit)
{
    const auto chance = [&] { return context.data.local().chance(); };
    const std::size_t size = collection.size();
    if (count < 0) {
        for (std::int64_t i = count; i < 0; ++i) collection.draw(chance, visit);
        return;
    }
    const std::size_t wanted = std::min(static_cast<std::size_t>(count), size);
    if (collection.packed() || wanted > size / 3) {
        // Of those that are left, the one met is one of those still wanted.
        std::size_t left = size;
        std::size_t missing = wanted;
        collection.each([&](const Element& first, const auto&... rest) {
            if (chance() % left-- >= missing) return;
            --missing;
            visit(first, rest...);
        });
        return;
    }
    std::unordered_set<const char*> drawn;
    while (drawn.size() < wanted) {
        collection.draw(chance, [&](const Element& first, const auto&... rest) {
            Element::Scratch scratch;  // of a large collection all are texts where they lie
            if (drawn.insert(first.text(scratch).data()).second) visit(first, rest...);
        });
    }
}

// How many it would reply with; false, and an error written, if no reply could be that long.
inline bool count_makes_sense(std::int64_t count, bool in_pairs, Writer& reply)
{
    constexpr auto max = std::numeric_limits<std::int64_t>::max();
    if (count < -max)
        return reply.error(
                   "ERR value is out of range, value must between -9223372036854775807 and "
                   "9223372036854775807"),
               false;
    if (in_pairs && (count < -(max / 2) || count > max / 2))
        return reply.error(errors::out_of_range), false;
    return true;
}

}  // namespace mini_redis::commands
