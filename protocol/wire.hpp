// The wire format of Redis: what both ends agree on, and the limits the server sets.
//
//   request    = inline | "*" count CRLF count*( bulk )        ; a client sends words, nothing else
//   inline     = [ word *( SP word ) ] [CR] LF                 ; for telnet; words may be quoted
//   bulk       = "$" length CRLF length*OCTET CRLF
//
//   reply      = [ attribute ] value                           ; attribute: RESP3
//   value      = "+" line | "-" line | ":" integer CRLF | bulk | "*" count CRLF count*( reply )
//              | "$-1" CRLF | "*-1" CRLF                       ; the nulls of RESP2
//              | "_" CRLF | "#" ( "t" / "f" ) CRLF | "," double CRLF | "(" digits CRLF
//              | "=" length CRLF 3OCTET ":" text CRLF | "!" length CRLF text CRLF
//              | "%" count CRLF count*( reply reply ) | ( "~" / ">" ) count CRLF count*( reply )
//              | "$?" CRLF *( ";" length CRLF octets CRLF ) ";0" CRLF
//              | ( "*?" / "~?" / "%?" ) CRLF *( reply ) "." CRLF
//   attribute  = "|" count CRLF count*( reply reply )
//   line       = *( OCTET except CR, LF ) CRLF
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>

namespace mini_redis::protocol {

enum class Dialect : std::uint8_t { resp2 = 2, resp3 = 3 };

// The first byte of everything that is not an inline request.
namespace type {
inline constexpr char simple = '+';
inline constexpr char error = '-';
inline constexpr char integer = ':';
inline constexpr char bulk = '$';
inline constexpr char array = '*';
inline constexpr char null = '_';
inline constexpr char boolean = '#';
inline constexpr char number = ',';
inline constexpr char big_number = '(';
inline constexpr char bulk_error = '!';
inline constexpr char verbatim = '=';
inline constexpr char map = '%';
inline constexpr char set = '~';
inline constexpr char push = '>';
inline constexpr char attribute = '|';
inline constexpr char chunk = ';';
inline constexpr char end_of_stream = '.';
}  // namespace type

// What a client may send. Those who have not authenticated may send little.
struct Limits {
    std::int64_t bulk_bytes_max = 512LL << 20;  // proto-max-bulk-len
    std::size_t inline_bytes_max = 64 << 10;    // an inline request, and the header of any other
    std::int64_t words_max = std::numeric_limits<std::int32_t>::max();
    bool authenticated = true;
};
inline constexpr std::int64_t unauthenticated_words_max = 10;
inline constexpr std::int64_t unauthenticated_bulk_bytes_max = 16384;

}  // namespace mini_redis::protocol
