// How many different elements the registers of a HyperLogLog stand for.
//
// Otmar Ertl's estimator ("New cardinality estimation algorithms for HyperLogLog sketches",
// arXiv:1702.01284): it needs no more than how many registers hold each rank, and neither tables
// of corrections nor a separate rule for small numbers. The operations are in Redis' order, so that
// the last bit is the same.
#pragma once

#include <array>
#include <cstdint>

namespace mini_redis::values {

// How many registers hold each of the ranks, which are 0 to 51. (A register of 6 bits may say more
// if nobody counted into it: that is of no account.)
using Ranks = std::array<unsigned, 64>;

std::uint64_t cardinality(const Ranks& ranks);

}  // namespace mini_redis::values
