// Searching, inserting, widening.
#include "server/values/intset.hpp"

#include "server/values/block.hpp"
#include "server/values/raw.hpp"

#include <cstdlib>
#include <cstring>
#include <limits>

namespace mini_redis::values {
namespace {

template <class T>
bool fits(std::int64_t number)
{
    return number >= std::numeric_limits<T>::min() && number <= std::numeric_limits<T>::max();
}

std::size_t width_of(std::int64_t number)
{
    return fits<std::int16_t>(number) ? 2 : fits<std::int32_t>(number) ? 4 : 8;
}

std::int64_t load_integer(const char* at, std::size_t width)
{
    return width == 2   ? load<std::int16_t>(at)
           : width == 4 ? load<std::int32_t>(at)
                        : load<std::int64_t>(at);
}

}  // namespace

Intset::Intset(std::string_view block) : block_(static_cast<char*>(allocate(block.size())))
{
    std::memcpy(block_, block.data(), block.size());
}

Intset::~Intset()
{
    std::free(block_);
}

bool Intset::valid(std::string_view block)
{
    if (block.size() < head) return false;
    const std::size_t width = load<std::uint32_t>(block.data());
    const std::size_t count = load<std::uint32_t>(block.data() + 4);
    if ((width != 2 && width != 4 && width != 8) || block.size() != head + count * width)
        return false;
    for (std::size_t i = 1; i < count; ++i) {
        const char* at = block.data() + head + i * width;
        if (load_integer(at - width, width) >= load_integer(at, width)) return false;
    }
    return true;
}

std::size_t Intset::size() const
{
    return load<std::uint32_t>(at_start() + 4);
}

std::size_t Intset::width() const
{
    return load<std::uint32_t>(at_start());
}

std::int64_t Intset::operator[](std::size_t index) const
{
    return load_integer(at_start() + head + index * width(), width());
}

void Intset::put(std::size_t index, std::int64_t number)
{
    std::memcpy(block_ + head + index * width(), &number, width());  // little-endian
}

std::size_t Intset::lower_bound(std::int64_t number) const
{
    std::size_t first = 0;
    for (std::size_t count = size(); count > 0;) {
        const std::size_t half = count / 2;
        if ((*this)[first + half] < number) {
            first += half + 1;
            count -= half + 1;
        } else {
            count = half;
        }
    }
    return first;
}

bool Intset::contains(std::int64_t number) const
{
    const std::size_t index = lower_bound(number);
    return index < size() && (*this)[index] == number;
}

void Intset::resize(std::size_t size)
{
    const bool made = !block_;
    auto* moved = static_cast<char*>(reallocate(block_, weight(), head + size * width()));
    if (!moved) throw std::bad_alloc();
    if (made) std::memcpy(moved, nothing, head);
    block_ = moved;
}

// Its integers from the last to the first, so that none is overwritten before it has moved.
void Intset::widen(std::size_t width)
{
    const std::size_t before = this->width();
    if (width <= before) return;
    auto* moved = static_cast<char*>(reallocate(block_, weight(), head + size() * width));
    if (!moved) throw std::bad_alloc();
    if (!block_) std::memcpy(moved, nothing, head);
    block_ = moved;
    store(block_, static_cast<std::uint32_t>(width));
    for (std::size_t i = size(); i-- > 0;) put(i, load_integer(block_ + head + i * before, before));
}

bool Intset::insert(std::int64_t number)
{
    const std::size_t index = lower_bound(number);
    const std::size_t count = size();
    if (index < count && (*this)[index] == number) return false;
    widen(width_of(number));
    resize(count + 1);
    char* at = block_ + head + index * width();
    std::memmove(at + width(), at, (count - index) * width());
    put(index, number);
    store(block_ + 4, static_cast<std::uint32_t>(count + 1));
    return true;
}

bool Intset::erase(std::int64_t number)
{
    const std::size_t index = lower_bound(number);
    const std::size_t count = size();
    if (index == count || (*this)[index] != number) return false;
    char* at = block_ + head + index * width();
    std::memmove(at, at + width(), (count - index - 1) * width());
    // (A block that cannot be made smaller stays as it is.)
    if (auto* moved =
            static_cast<char*>(reallocate(block_, weight(), head + (count - 1) * width())))
        block_ = moved;
    store(block_ + 4, static_cast<std::uint32_t>(count - 1));
    return true;
}

}  // namespace mini_redis::values
