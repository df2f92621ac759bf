// Blocks of memory in the steps in which the allocator hands them out, so that what grows by a few
// bytes at a time asks for more only once a step.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdlib>
#include <new>

namespace mini_redis::values {

// What is really handed out for `bytes`: 16-byte steps to 128, then four a doubling (jemalloc's).
constexpr std::size_t allocation_size(std::size_t bytes)
{
    const std::size_t step = bytes <= 128 ? 16 : std::bit_floor(bytes - 1) / 4;
    return (bytes + step - 1) / step * step;
}

// Throws std::bad_alloc. Of all of them std::free() is the end.
inline void* allocate(std::size_t bytes)
{
    void* block = std::malloc(allocation_size(bytes));
    if (!block) throw std::bad_alloc();
    return block;
}

// Gives a block of `was` bytes, or none, room for `now`. Where it lies then; null if there is no
// memory, and then it is as it was.
inline void* reallocate(void* block, std::size_t was, std::size_t now)
{
    const std::size_t room = allocation_size(now);
    return block && room == allocation_size(was) ? block : std::realloc(block, room);
}

}  // namespace mini_redis::values
