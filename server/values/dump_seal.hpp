// What stands behind a value that DUMP hands out, and what RESTORE asks of it.
//
//   payload = value version:u16 sum:u64      little-endian; CRC-64 of all before it
//
// Against accidents, not against anybody: whoever can compute the sum can seal whatever they like,
// so the value itself is checked as it is read.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace mini_redis::values {

// Redis' CRC-64: the polynomial of Jones, reflected.
std::uint64_t crc64(std::string_view bytes);

std::string sealed(std::string value);

// Whether the seal fits, and is of no newer version than ours.
bool is_sealed(std::string_view payload);

}  // namespace mini_redis::values
