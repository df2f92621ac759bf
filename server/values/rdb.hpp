// How Redis writes values down, to be read by any server: RDB, version 10.
//
//   value   = type:u8 body
//   body    = text                                   a string
//           | length *text                           elements, members, or fields with their values
//           | length *(text score:f64)               the members of a sorted set
//           | text                                   a whole block: an intset, a listpack
//           | length *(length text)                  the blocks of a list, each with its kind
//           | length *(text text) ...                the nodes of a stream, and more
//           (rdb_streams.cpp)
//   text    = length bytes
//           | 0xc0 n:i8 | 0xc1 n:i16 | 0xc2 n:i32    the text of an integer, little-endian
//           | 0xc3 length length bytes               in LZF: of so many bytes, once so many
//   length  = 00nnnnnn                               big-endian
//           | 01nnnnnn n:u8
//           | 0x80 n:u32
//           | 0x81 n:u64
//
// DUMP hands out such a value with a seal behind it (dump_seal.hpp). The names and numbers of the
// types are Redis'; this server writes the newest form of each and reads the older ones, too.
#pragma once

#include <cstdint>

namespace mini_redis::values {

inline constexpr std::uint16_t rdb_version = 10;

enum class RdbType : std::uint8_t {
    string = 0,
    list = 1,
    set = 2,
    sorted_set = 3,
    hash = 4,
    sorted_set_2 = 5,
    hash_zipmap = 9,
    list_ziplist = 10,
    set_intset = 11,
    sorted_set_ziplist = 12,
    hash_ziplist = 13,
    list_quicklist = 14,
    stream_listpacks = 15,
    hash_listpack = 16,
    sorted_set_listpack = 17,
    list_quicklist_2 = 18,
    stream_listpacks_2 = 19,
};

// What stands before a block of a list: it is one large element, or a listpack.
enum class RdbBlock : std::uint8_t { plain = 1, packed = 2 };

// What the first byte of a text or a length says besides a number.
struct RdbMark {
    static constexpr std::uint8_t length_32 = 0x80;
    static constexpr std::uint8_t length_64 = 0x81;
    static constexpr std::uint8_t integer_8 = 0xc0;
    static constexpr std::uint8_t integer_16 = 0xc1;
    static constexpr std::uint8_t integer_32 = 0xc2;
    static constexpr std::uint8_t compressed = 0xc3;
};

}  // namespace mini_redis::values
