// Memory that runs out once: of this program alone, the n-th allocation that counts fails.
//
// Include it once in a program: it replaces the global operator new, and malloc and its kin for
// what the program itself calls (linked with --wrap).
#pragma once

#include "tests/support/fake_transport.hpp"

#include <cstddef>
#include <cstdlib>
#include <new>

namespace mini_redis::tests {

// Counts while one lives.
class Allocations {
public:
    Allocations() { counting_ = true; }
    ~Allocations() { counting_ = false; }
    Allocations(const Allocations&) = delete;
    Allocations& operator=(const Allocations&) = delete;

    // From now on, `number` from 1; 0: none.
    static void fail_at(std::size_t number)
    {
        failing_ = number;
        count_ = 0;
    }
    static std::size_t failing() { return failing_; }
    static std::size_t count() { return count_; }

    // Whether this one is to fail.
    static bool next_fails() { return counting_ && !FakeTransport::busy && ++count_ == failing_; }

private:
    static inline bool counting_ = false;
    static inline std::size_t failing_ = 0;
    static inline std::size_t count_ = 0;
};

}  // namespace mini_redis::tests

extern "C" {
void* __real_malloc(std::size_t bytes);
void* __real_calloc(std::size_t count, std::size_t bytes);
void* __real_realloc(void* memory, std::size_t bytes);

void* __wrap_malloc(std::size_t bytes)
{
    return mini_redis::tests::Allocations::next_fails() ? nullptr : __real_malloc(bytes);
}
void* __wrap_calloc(std::size_t count, std::size_t bytes)
{
    return mini_redis::tests::Allocations::next_fails() ? nullptr : __real_calloc(count, bytes);
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
