// Lengths, integers, and what is compressed.
#include "server/values/rdb_reader.hpp"

#include "protocol/number.hpp"

#include <limits>
#include <lzf.h>

namespace mini_redis::values {
namespace {

// Three bytes of LZF become 264 at most.
constexpr std::uint64_t expansion_max = 88;

}  // namespace

std::string_view RdbReader::raw(std::uint64_t size)
{
    if (size > left_.size()) return fail(), std::string_view();
    const std::string_view taken = left_.substr(0, size);
    left_.remove_prefix(size);
    return taken;
}

std::uint64_t RdbReader::big_endian(std::size_t bytes)
{
    std::uint64_t number = 0;
    for (const char c : raw(bytes)) number = number << 8 | static_cast<std::uint8_t>(c);
    return number;
}

std::uint64_t RdbReader::length()
{
    return length_from(byte());
}

std::uint64_t RdbReader::length_from(std::uint8_t first)
{
    if (first < 0x40) return first;
    if (first < 0x80) return (first & 0x3fU) << 8 | byte();
    switch (first) {
        case RdbMark::length_32:
            return big_endian(4);
        case RdbMark::length_64:
            return big_endian(8);
        default:
            return fail();
    }
}

std::string_view RdbReader::text(std::string& scratch)
{
    const std::uint8_t first = byte();
    switch (first) {
        case RdbMark::integer_8:
            return integer(1, scratch);
        case RdbMark::integer_16:
            return integer(2, scratch);
        case RdbMark::integer_32:
            return integer(4, scratch);
        case RdbMark::compressed:
            return decompressed(scratch);
        default:
            return raw(length_from(first));
    }
}

std::uint64_t RdbReader::little_endian(std::size_t bytes)
{
    const std::string_view taken = raw(bytes);
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < taken.size(); ++i)
        number |= std::uint64_t{static_cast<std::uint8_t>(taken[i])} << i * 8;
    return number;
}

std::uint64_t RdbReader::number()
{
    return little_endian(8);
}

double RdbReader::score_as_text()
{
    constexpr double infinity = std::numeric_limits<double>::infinity();
    const std::uint8_t size = byte();
    if (size == 255) return -infinity;
    if (size == 254) return infinity;
    const auto score = protocol::parse_double(raw(size));
    return score ? *score : static_cast<double>(fail());
}

std::string_view RdbReader::integer(std::size_t bytes, std::string& scratch)
{
    const std::uint64_t bits = little_endian(bytes);
    if (!ok_) return {};
    const auto unused = static_cast<int>(64 - bytes * 8);
    char digits[protocol::integer_chars_max];
    const auto number = static_cast<std::int64_t>(bits << unused) >> unused;
    scratch.assign(digits, protocol::format_integer(digits, number));
    return scratch;
}

std::string_view RdbReader::decompressed(std::string& scratch)
{
    const std::uint64_t size = length();
    const std::uint64_t full_size = length();
    const std::string_view bytes = raw(size);
    constexpr auto size_max = std::numeric_limits<std::uint32_t>::max();
    if (bytes.empty() || full_size > size_max || full_size / expansion_max > bytes.size())
        return fail(), std::string_view();
    scratch.resize(full_size);
    if (lzf_decompress(bytes.data(), static_cast<unsigned>(bytes.size()), scratch.data(),
                       static_cast<unsigned>(full_size)) != full_size)
        return fail(), std::string_view();
    return scratch;
}

}  // namespace mini_redis::values
