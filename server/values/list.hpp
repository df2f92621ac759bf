// A list: elements in the order in which they were pushed, at either end.
//
//   small   listpack
//   large   [listpack] [listpack] ... [listpack]     a deque of blocks, each full or nearly so
//
// While all fits into one block, the list is that block. A block takes `Limits`, 8 KiB as Redis
// has it; an element that is larger has one of its own. So an element costs its bytes and 2 to 6
// more, and its share of a block's 8 (redis-server: the same bytes, and 32 for each block). To push
// or pop moves less than a block; to find one by its number passes over blocks, not elements. A
// large list never becomes small again, as in Redis' other types.
#pragma once

#include "server/values/held.hpp"
#include "server/values/listpack.hpp"
#include "server/values/visiting.hpp"

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string_view>

namespace mini_redis::values {

enum class End : std::uint8_t { head, tail };

class List {
public:
    // What one block takes: so many bytes, and so many elements.
    struct Limits {
        std::size_t bytes;
        std::size_t elements;
    };

    List() = default;
    List copy() const;

    // To be held by an entry, and back.
    Held release();
    static List adopt(Held held);

    bool packed() const { return !large_; }
    std::size_t size() const { return packed() ? pack_.size() : large_->size; }
    bool empty() const { return packed() ? pack_.empty() : large_->size == 0; }
    // Bytes of memory.
    std::size_t weight() const;

    // Whatever makes a list longer throws std::bad_alloc and then has changed nothing one sees.
    void push(End end, std::string_view text, const Limits& limits);
    // A block that was made elsewhere and is not empty, behind all others, as it is.
    void append(Listpack block);
    // The one at an end; there must be one. Valid until the next change, as all elements are.
    Element peek(End end) const;
    void pop(End end);

    // Counted from the head, from 0; there must be one.
    Element at(std::size_t index) const;
    void set(std::size_t index, std::string_view text, const Limits& limits);

    enum class Side : bool { before, after };
    // Beside the first that equals `pivot`. Whether there is one.
    bool insert(Side side, std::string_view pivot, std::string_view text, const Limits& limits);

    // Takes out some from a place on, which must be there.
    void erase(std::size_t from, std::size_t count);
    // Takes out those that equal `text`, the first `max` from an end on. How many they were.
    std::size_t erase_equal(std::string_view text, End from, std::size_t max);

    // visit(element) for `count` of them, from a place on, towards the tail; they must be there.
    template <class Visit>
    void each(std::size_t from, std::size_t count, Visit&& visit) const;
    // visit(element) from one end to the other, or until it returns false.
    template <class Visit>
    void walk(End from, Visit&& visit) const;

    // The blocks, in order: what DUMP writes.
    std::size_t blocks() const { return packed() ? !pack_.empty() : large_->blocks.size(); }
    const Listpack& block(std::size_t index) const
    {
        return packed() ? pack_ : large_->blocks[index];
    }

private:
    struct Large {
        std::deque<Listpack> blocks;  // none of them empty
        std::size_t size = 0;
    };

    // Where an element stands, or the end of a block.
    struct Place {
        std::size_t block;
        Listpack::Place at;
    };

    Listpack& block(std::size_t index) { return packed() ? pack_ : large_->blocks[index]; }
    Place find(std::size_t index) const;
    Place insert(Place place, const Element& element, const Limits& limits);
    void erase(Place place);
    void add_block(std::size_t index, Listpack block);
    bool drop_if_empty(std::size_t index);
    void spread();
    void grow(std::ptrdiff_t change)
    {
        if (!packed()) large_->size += static_cast<std::size_t>(change);
    }

    Listpack pack_;
    std::unique_ptr<Large> large_;  // when there is one, `pack_` is empty
};

template <class Visit>
void List::each(std::size_t from, std::size_t count, Visit&& visit) const
{
    if (count == 0) return;
    Place place = find(from);
    for (;; ++place.block, place.at = block(place.block).begin()) {
        const Listpack& pack = block(place.block);
        for (; place.at != pack.end(); place.at = pack.next(place.at)) {
            visit(pack[place.at]);
            if (--count == 0) return;
        }
    }
}

template <class Visit>
void List::walk(End from, Visit&& visit) const
{
    const std::size_t last = blocks();
    for (std::size_t i = 0; i < last; ++i) {
        const Listpack& pack = block(from == End::head ? i : last - 1 - i);
        auto at = from == End::head ? pack.begin() : pack.last();
        for (; at != pack.end(); at = from == End::head ? pack.next(at) : pack.before(at))
            if (!goes_on(visit, pack[at])) return;
    }
}

}  // namespace mini_redis::values
