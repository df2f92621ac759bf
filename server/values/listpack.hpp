// A few elements in one block of memory, each a text or an integer, walked in both directions.
//
//   listpack = bytes:u32 count:u16 *element 0xff            little-endian
//   element  = head [data] back
//
//   head 0vvvvvvv                   the integer v, 0 to 127
//        110vvvvv v:u8              an integer of 13 bits
//        0xf1, f2, f3, f4           an integer of 2, 3, 4, 8 bytes follows
//        10nnnnnn                   a text of n bytes follows
//        1110nnnn n:u8              the same, of up to 4,095
//        0xf0 n:u32                 the same, of any size
//   back                            the size of head and data, in groups of 7 bits, the last of
//                                   which stands last and has no 0x80; for walking backwards
//
// The format is Redis' own (github.com/antirez/listpack), because DUMP hands it to redis-server as
// it is. The idea: ten small texts cost little more than their bytes, and one cache miss. An
// element that is the text of an integer becomes that integer. Every change is O(bytes).
#pragma once

#include "protocol/number.hpp"
#include "server/values/raw.hpp"

#include <cstdint>
#include <initializer_list>
#include <limits>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

namespace mini_redis::values {

// An element as it lies in a listpack: valid until the next change.
class Element {
public:
    Element() = default;
    explicit Element(std::string_view text) : text_(text) {}
    explicit Element(std::int64_t number) : number_(number), is_integer_(true) {}

    bool is_integer() const { return is_integer_; }
    std::int64_t integer() const { return number_; }

    // Its text; an integer's is written into `scratch`.
    using Scratch = char[24];
    std::string_view text(Scratch& scratch) const
    {
        if (!is_integer_) return text_;
        return {scratch, protocol::format_integer(scratch, number_)};
    }

    bool operator==(const Element&) const = default;

private:
    std::string_view text_;
    std::int64_t number_ = 0;
    bool is_integer_ = false;
};

// What Redis would keep `text` as.
Element element_of(std::string_view text);

class Listpack {
public:
    // Where an element begins, in bytes from the start of the block. `end()` is behind the last.
    using Place = std::uint32_t;

    // Empty, which takes no block.
    Listpack() = default;
    // A copy of a block whose format valid() has checked.
    explicit Listpack(std::string_view block);
    ~Listpack();
    Listpack(Listpack&& other) noexcept : block_(other.release()) {}
    Listpack& operator=(Listpack&& other) noexcept
    {
        std::swap(block_, other.block_);
        return *this;
    }
    Listpack copy() const { return Listpack(block()); }
    // Of the elements from `place` on.
    Listpack copy_from(Place place) const;

    // The block itself: what DUMP writes.
    std::string_view block() const { return {at_start(), bytes()}; }
    static bool valid(std::string_view block);

    std::uint32_t bytes() const { return load<std::uint32_t>(at_start()); }
    std::size_t weight() const { return block_ ? bytes() : 0; }
    std::size_t size() const;
    bool empty() const { return head() == end(); }
    Place begin() const { return empty() ? end() : head(); }
    Place end() const { return bytes() - 1; }
    Place last() const { return empty() ? end() : before(end()); }
    Place next(Place place) const { return place + span_of(place); }
    // Of the first it is end().
    Place before(Place place) const;
    // From the front, or with a negative index from the back; end() where there is none.
    Place at(std::int64_t index) const;

    Element operator[](Place place) const;

    // The next of every `step` elements that equals, from `place` on; or end().
    Place find(const Element& wanted, Place place, unsigned step = 1) const;

    // Before `place`. Returns where the first new element stands. Throws std::bad_alloc and then
    // has changed nothing, like whatever makes a block longer.
    Place insert(Place place, std::span<const Element> elements);
    Place insert(Place place, const Element& element) { return insert(place, {&element, 1}); }
    void append(std::initializer_list<Element> elements)
    {
        insert(end(), std::span(elements.begin(), elements.size()));
    }
    Place replace(Place place, const Element& element);
    // Takes out some elements; returns where the one behind them stands now.
    Place erase(Place place, std::size_t count = 1);

    // Whether texts of so many bytes may still be added: a block is moved and searched as a whole.
    bool fits(std::size_t more) const { return more <= bytes_max && bytes() <= bytes_max - more; }

    // How many bytes an element takes.
    static std::uint32_t size_of(const Element& element);

    // To be held as a word, and back. Null is the empty one.
    char* release() { return std::exchange(block_, nullptr); }
    static Listpack adopt(char* block) { return Listpack(Adopted{}, block); }

private:
    struct Adopted {};
    Listpack(Adopted, char* block) : block_(block) {}

    static constexpr std::size_t bytes_max = 1 << 30;
    static constexpr Place head() { return 6; }
    static constexpr char nothing[] = {7, 0, 0, 0, 0, 0, '\xff'};
    const char* at_start() const { return block_ ? block_ : nothing; }
    static constexpr std::uint16_t uncounted = std::numeric_limits<std::uint16_t>::max();

    std::uint32_t span_of(Place place) const;
    // Where the next one goes.
    Place write(Place place, const Element& element);
    // Makes the bytes of [place, place + was) into as many as `now`; what stands behind moves.
    void resize(Place place, std::uint32_t was, std::uint32_t now);
    void count_up(std::int64_t change);

    char* block_ = nullptr;
};

}  // namespace mini_redis::values
