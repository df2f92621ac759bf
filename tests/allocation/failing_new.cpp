// What allocates, but for the n-th time.
#include "tests/allocation/failing_new.hpp"

#include <cstdlib>
#include <new>

extern "C" {
void* __real_malloc(std::size_t bytes);
void* __real_calloc(std::size_t count, std::size_t bytes);
void* __real_realloc(void* memory, std::size_t bytes);
void* __real_aligned_alloc(std::size_t alignment, std::size_t bytes);

void* __wrap_malloc(std::size_t bytes)
{
    return mini_redis::tests::Allocations::next_fails() ? nullptr : __real_malloc(bytes);
}
void* __wrap_calloc(std::size_t count, std::size_t bytes)
{
    return mini_redis::tests::Allocations::next_fails() ? nullptr : __real_calloc(count, bytes);
}
void* __wrap_aligned_alloc(std::size_t alignment, std::size_t bytes)
{
    return mini_redis::tests::Allocations::next_fails() ? nullptr
                                                        : __real_aligned_alloc(alignment, bytes);
}
void* __wrap_realloc(void* memory, std::size_t bytes)
{
    return mini_redis::tests::Allocations::next_fails() ? nullptr : __real_realloc(memory, bytes);
}
}

void* operator new(std::size_t bytes)
{
    if (void* const memory = __wrap_malloc(bytes == 0 ? 1 : bytes)) return memory;
    throw std::bad_alloc();
}
void operator delete(void* memory) noexcept
{
    std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept
{
    std::free(memory);
}
