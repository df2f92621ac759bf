// A text as bits: counting, finding and combining them, a machine word or more at a time.
//
// Bit 0 is the highest of the first byte. Positions given lie within the text. No commands here,
// no keys.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace mini_redis::commands {

// How many bits of [first, last] are set.
std::int64_t count_bits(std::string_view text, std::int64_t first, std::int64_t last);

// Where the first bit of [first, last] is that is set, or clear; -1 if none is.
std::int64_t find_bit(std::string_view text, bool set, std::int64_t first, std::int64_t last);

enum class BitOperation : std::uint8_t { bit_and, bit_or, bit_xor, bit_not };

// Combines the sources, one at least, into `out`, which is as long as the longest of them and
// overlaps none; shorter ones go on with zeros. bit_not has one source.
void combine_bits(BitOperation operation, std::span<const std::string_view> sources,
                  std::span<char> out);

}  // namespace mini_redis::commands
