// The blocks that Redis packed small collections into before version 7, to be read and no more.
//
//   ziplist = bytes:u32 last:u32 count:u16 *entry 0xff              little-endian
//   entry   = before head data                    how long the entry before is: u8, or 0xfe u32
//   head    = 00nnnnnn | 01nnnnnn n:u8 | 0x80 n:u32       a text of n bytes follows, big-endian
//           | 0xc0 | 0xd0 | 0xe0 | 0xf0 | 0xfe            an integer: of 2, 4, 8, 3, 1 bytes
//           | 1111vvvv                                    the integer v - 1, 0 to 12
//
//   zipmap  = count:u8 *(size field size unused:u8 value gap) 0xff
//   size    = u8 | 0xfe u32                        (a count of 0xfe says nothing)
#pragma once

#include "server/values/listpack.hpp"

#include <functional>
#include <string_view>

namespace mini_redis::values {

using VisitElement = std::function<bool(const Element&)>;

// Visits all elements in order, or until one is refused. False if one was, or the block is none.
bool each_in_ziplist(std::string_view block, const VisitElement& visit);

// Visits fields and their values in turn.
bool each_in_zipmap(std::string_view block, const VisitElement& visit);

}  // namespace mini_redis::values
