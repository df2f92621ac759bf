// A hash that a stranger cannot aim at: 64 bits of XXH3, keyed with a secret drawn at start.
//
// Whoever could choose names that collide could make every look-up as slow as the list is long.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace mini_redis::runtime {

// The same text has the same hash as long as the process lives, and no longer.
std::uint64_t keyed_hash(std::string_view text) noexcept;

// For the containers of the standard library; looked up by a view, without making a string.
struct KeyedHash {
    using is_transparent = void;

    std::size_t operator()(std::string_view text) const noexcept { return keyed_hash(text); }
};

}  // namespace mini_redis::runtime
