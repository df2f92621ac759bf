// The registers of a HyperLogLog as runs of equal ones: little, as long as most are 0.
//
//   runs = *run
//   run  = 00nnnnnn          n + 1 registers that are 0
//        | 01nnnnnn n:u8     the same, 14 bits, the high ones first
//        | 1vvvvvnn          n + 1 registers that are v + 1
//
// A few hundred elements take two or three bytes each. To find a register is to walk there, to
// raise one O(bytes). Which runs stand for the same registers is not unique, and GET shows them: a
// run is split and joined exactly where Redis does it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace mini_redis::values {

inline constexpr unsigned register_count = 1 << 14;

// What an element tells: that its register is at least `rank`.
struct Sighting {
    unsigned index;
    unsigned rank;
};

// What became of a register that was to be raised. `too_high`: sparse ones cannot hold that, or
// are not to become so long.
enum class Raised : std::uint8_t { no, yes, too_high, corrupt };

struct Run {
    unsigned value = 0;
    unsigned count = 0;
    bool wide = false;  // takes two bytes

    std::size_t bytes() const { return wide ? 2 : 1; }
};

// `at` is within the text. Where the text ends half way into a run, a 0 is read.
Run run_at(std::string_view text, std::size_t at);

// Raises a register among the runs that stand in `text` from `begin` on. Of more than `bytes_max`
// bytes the text does not become longer. Throws std::bad_alloc and then has changed nothing.
Raised raise_sparse(std::string& text, std::size_t begin, Sighting sighting, std::size_t bytes_max);

// visit(first, run) with each run and its first register; false if they are not as many registers
// as there must be. None is visited that does not exist.
template <class Visit>
bool each_run(std::string_view runs, Visit&& visit)
{
    unsigned first = 0;
    for (std::size_t at = 0; at < runs.size();) {
        const Run run = run_at(runs, at);
        if (run.count > register_count - first) return false;
        visit(first, run);
        first += run.count;
        at += run.bytes();
    }
    return first == register_count;
}

}  // namespace mini_redis::values
