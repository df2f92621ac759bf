// MurmurHash64A: the hash by which a HyperLogLog tells elements apart.
//
// It is Redis' choice, and with its seed part of the format: the same element has to count into
// the same register here and there. It withstands nobody who chooses elements to collide; tables
// use another (runtime/keyed_hash.hpp).
#pragma once

#include <cstdint>
#include <string_view>

namespace mini_redis::values {

std::uint64_t murmur_hash(std::string_view text, std::uint64_t seed);

}  // namespace mini_redis::values
