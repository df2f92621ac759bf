// A few integers in one block, sorted, as narrow as the widest of them.
//
//   intset  = width:u32 count:u32 *integer     little-endian
//   integer = 2, 4 or 8 bytes, as `width` says
//
// The format is Redis' own, because DUMP hands it to redis-server as it is. A search is binary, a
// change is O(bytes). An empty one has no block.
#pragma once

#include <cstdint>
#include <string_view>
#include <utility>

namespace mini_redis::values {

class Intset {
public:
    Intset() = default;
    // A copy of a block whose format valid() has checked.
    explicit Intset(std::string_view block);
    ~Intset();
    Intset(Intset&& other) noexcept : block_(other.release()) {}
    Intset& operator=(Intset&& other) noexcept
    {
        std::swap(block_, other.block_);
        return *this;
    }
    Intset copy() const { return block_ ? Intset(block()) : Intset(); }

    // The block itself: what DUMP writes.
    std::string_view block() const { return {at_start(), head + bytes()}; }
    static bool valid(std::string_view block);

    std::size_t size() const;
    bool empty() const { return size() == 0; }
    std::size_t weight() const { return block_ ? head + bytes() : 0; }

    std::int64_t operator[](std::size_t index) const;
    bool contains(std::int64_t number) const;

    // Whether it was not there yet. Throws std::bad_alloc and then has changed nothing.
    bool insert(std::int64_t number);
    bool erase(std::int64_t number);

    // To be held as a word, and back. Null is the empty one.
    char* release() { return std::exchange(block_, nullptr); }
    static Intset adopt(char* block)
    {
        Intset set;
        set.block_ = block;
        return set;
    }

private:
    static constexpr std::size_t head = 8;
    static constexpr char nothing[] = {2, 0, 0, 0, 0, 0, 0, 0};

    const char* at_start() const { return block_ ? block_ : nothing; }
    std::size_t width() const;
    std::size_t bytes() const { return size() * width(); }
    void put(std::size_t index, std::int64_t number);
    // The first index whose integer is not less.
    std::size_t lower_bound(std::int64_t number) const;
    void widen(std::size_t width);
    void resize(std::size_t size);

    char* block_ = nullptr;
};

}  // namespace mini_redis::values
