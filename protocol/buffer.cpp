// Where a Buffer gets its memory: by moving the content to the front when that frees enough, else
// by doubling. Content that begins at the front grows by realloc, which for large blocks copies
// nothing.
#include "protocol/buffer.hpp"

#include <algorithm>
#include <cstdlib>
#include <new>

namespace mini_redis::protocol {
namespace {

constexpr std::size_t smallest = 256;

}  // namespace

void Buffer::release() noexcept
{
    std::free(memory_);
    memory_ = first_ = last_ = limit_ = nullptr;
}

void Buffer::make_room(std::size_t bytes)
{
    const std::size_t held = size();
    const std::size_t consumed = static_cast<std::size_t>(first_ - memory_);
    // A gap no smaller than the content pays for the move; so each byte is moved O(1) times.
    if (consumed >= held && consumed != 0) {
        std::memmove(memory_, first_, held);
        first_ = memory_;
        last_ = memory_ + held;
        if (free_room() >= bytes) return;
    }
    const std::size_t wanted = static_cast<std::size_t>(last_ - memory_) + bytes;
    if (wanted < bytes) throw std::bad_alloc();
    const std::size_t target = std::max({smallest, wanted, capacity() * 2});
    auto* const memory = static_cast<char*>(std::realloc(memory_, target));
    if (memory == nullptr) throw std::bad_alloc();
    first_ = memory + (first_ - memory_);
    last_ = first_ + held;
    limit_ = memory + target;
    memory_ = memory;
}

}  // namespace mini_redis::protocol
