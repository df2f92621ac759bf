// Drawing several of a collection by chance, each as likely as any other.
#pragma once

#include "server/commands/collections.hpp"

#include <limits>
#include <string_view>
#include <unordered_set>

namespace mini_redis::commands {

// So many different ones, or where it is negative so many that may be the same.
struct DrawCount {
    std::int64_t value = 0;

    // Whether twice as many can be counted.
    bool fits_in_pairs() const
    {
        constexpr auto pairs_max = std::numeric_limits<std::int64_t>::max() / 2;
        return value >= -pairs_max && value <= pairs_max;
    }
    std::size_t drawn_of(std::size_t size) const
    {
        return value < 0 ? static_cast<std::size_t>(-value)
                         : std::min(static_cast<std::size_t>(value), size);
    }
};

inline bool convert(Word word, DrawCount& count, Arguments& in)
{
    if (!dispatch::convert(word, count.value, in)) return false;
    return count.value != std::numeric_limits<std::int64_t>::min() ||
           in.fail(
               "ERR value is out of range, value must between -9223372036854775807 and "
               "9223372036854775807");
}

// HRANDFIELD, SRANDMEMBER and ZRANDMEMBER. visit() gets what the collection's each() and draw()
// visit with.
template <class Collection, class Visit>
void draw_several(Context& context, const Collection& collection, DrawCount count, Visit&& visit)
{
    const auto chance = [&] { return context.data.local().chance(); };
    const std::size_t size = collection.size();
    if (count.value < 0) {
        for (std::int64_t i = count.value; i < 0; ++i) collection.draw(chance, visit);
        return;
    }
    const std::size_t wanted = count.drawn_of(size);
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

}  // namespace mini_redis::commands
