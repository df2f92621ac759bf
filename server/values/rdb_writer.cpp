// Which form is the shortest is decided as in Redis, so that both write the same.
#include "server/values/rdb_writer.hpp"

#include "protocol/number.hpp"

#include <limits>
#include <lzf.h>

namespace mini_redis::values {
namespace {

constexpr std::size_t integer_max = 11;  // bytes of the text of an integer of 32 bits
constexpr std::size_t uncompressed_max = 20;
constexpr std::size_t saved_min = 4;  // bytes for which compressing is worth it

// The low bytes of a number, the last first.
void append_big_endian(std::string& out, std::uint64_t number, unsigned bytes)
{
    while (bytes-- > 0) out.push_back(static_cast<char>(number >> bytes * 8));
}

template <class Integer>
bool fits(std::int64_t number)
{
    return number >= std::numeric_limits<Integer>::min() &&
           number <= std::numeric_limits<Integer>::max();
}

}  // namespace

void RdbWriter::length(std::uint64_t length)
{
    if (length < 1U << 6) return byte(static_cast<std::uint8_t>(length));
    if (length < 1U << 14) return append_big_endian(bytes_, length | 0x4000U, 2);
    const bool wide = length > std::numeric_limits<std::uint32_t>::max();
    byte(wide ? RdbMark::length_64 : RdbMark::length_32);
    append_big_endian(bytes_, length, wide ? 8 : 4);
}

void RdbWriter::text(std::string_view text)
{
    if (text.size() <= integer_max && integer(text)) return;
    if (text.size() > uncompressed_max && compressed(text)) return;
    length(text.size());
    bytes_.append(text);
}

void RdbWriter::number(std::uint64_t number)
{
    for (unsigned i = 0; i < sizeof number; ++i) byte(static_cast<std::uint8_t>(number >> i * 8));
}

bool RdbWriter::integer(std::string_view text)
{
    const auto number = protocol::parse_integer(text);
    if (!number || !fits<std::int32_t>(*number)) return false;
    const bool one = fits<std::int8_t>(*number);
    const bool two = fits<std::int16_t>(*number);
    byte(one ? RdbMark::integer_8 : two ? RdbMark::integer_16 : RdbMark::integer_32);
    const auto bits = static_cast<std::uint64_t>(*number);
    for (unsigned i = 0; i < (one ? 1U : two ? 2U : 4U); ++i)
        byte(static_cast<std::uint8_t>(bits >> i * 8));
    return true;
}

bool RdbWriter::compressed(std::string_view text)
{
    if (text.size() > std::numeric_limits<std::uint32_t>::max()) return false;
    std::string shorter(text.size() - saved_min, '\0');
    const unsigned size = lzf_compress(text.data(), static_cast<unsigned>(text.size()),
                                       shorter.data(), static_cast<unsigned>(shorter.size()));
    if (size == 0) return false;
    byte(RdbMark::compressed);
    length(size);
    length(text.size());
    bytes_.append(shorter, 0, size);
    return true;
}

}  // namespace mini_redis::values
