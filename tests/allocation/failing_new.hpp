// Memory that runs out once: of this program alone, the n-th allocation that counts fails.
//
// Its other half replaces the global operator new, and malloc and its kin for what the program
// itself calls (linked with --wrap).
#pragma once

#include "tests/support/fake_transport.hpp"

#include <cstddef>
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
    // Calls it, and the allocation of that number fails; false if it has thrown what that throws.
    template <class Function>
    static bool survives(std::size_t number, const Function& function)
    {
        fail_at(number);
        try {
            const Allocations counted;
            function();
        } catch (const std::bad_alloc&) {
            return false;
        }
        return true;
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
