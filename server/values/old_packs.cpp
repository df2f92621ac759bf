// Both are walked from the front, each size checked against what is left.
#include "server/values/old_packs.hpp"

#include <cstring>
#include <optional>

namespace mini_redis::values {
namespace {

constexpr std::uint8_t end_mark = 0xff;
constexpr std::uint8_t wide = 0xfe;

std::uint8_t first_byte(std::string_view text)
{
    return static_cast<std::uint8_t>(text.front());
}

// Nothing if there are not so many.
std::optional<std::string_view> take(std::string_view& from, std::size_t size)
{
    if (from.size() < size) return std::nullopt;
    const std::string_view taken = from.substr(0, size);
    from.remove_prefix(size);
    return taken;
}

// Little-endian.
template <class Number>
std::optional<Number> take_number(std::string_view& from)
{
    const auto bytes = take(from, sizeof(Number));
    if (!bytes) return std::nullopt;
    Number number;
    bytes->copy(reinterpret_cast<char*>(&number), sizeof number);
    return number;
}

std::optional<std::uint32_t> take_size(std::string_view& from)
{
    if (from.empty() || first_byte(from) == end_mark) return std::nullopt;
    const std::uint8_t first = first_byte(from);
    from.remove_prefix(1);
    return first == wide ? take_number<std::uint32_t>(from) : first;
}

std::optional<Element> take_text(std::string_view& from, std::size_t size)
{
    const auto text = take(from, size);
    return text ? std::optional(element_of(*text)) : std::nullopt;
}

std::optional<Element> take_integer(std::string_view& from, unsigned bytes)
{
    const auto taken = take(from, bytes);
    if (!taken) return std::nullopt;
    std::uint64_t bits = 0;
    std::memcpy(&bits, taken->data(), bytes);
    const auto unused = static_cast<int>(64 - bytes * 8);
    return Element(static_cast<std::int64_t>(bits << unused) >> unused);
}

// An entry of a ziplist without what stands before its head.
std::optional<Element> take_element(std::string_view& from)
{
    if (from.empty()) return std::nullopt;
    const std::uint8_t head = first_byte(from);
    from.remove_prefix(1);
    if (head < 0x40) return take_text(from, head);
    if (head < 0x80) {
        const auto low = take(from, 1);
        return low ? take_text(from, (head & 0x3fU) << 8 | first_byte(*low)) : std::nullopt;
    }
    switch (head) {
        case 0x80: {
            const auto size = take_number<std::uint32_t>(from);
            return size ? take_text(from, __builtin_bswap32(*size)) : std::nullopt;
        }
        case 0xc0:
            return take_integer(from, 2);
        case 0xd0:
            return take_integer(from, 4);
        case 0xe0:
            return take_integer(from, 8);
        case 0xf0:
            return take_integer(from, 3);
        case 0xfe:
            return take_integer(from, 1);
        default:
            if (head < 0xf1 || head > 0xfd) return std::nullopt;
            return Element(std::int64_t{head} - 0xf1);
    }
}

}  // namespace

bool each_in_ziplist(std::string_view block, const VisitElement& visit)
{
    constexpr std::uint16_t uncounted = 0xffff;
    std::string_view left = block;
    const auto bytes = take_number<std::uint32_t>(left);
    const auto last = take_number<std::uint32_t>(left);
    const auto count = take_number<std::uint16_t>(left);
    if (bytes != block.size() || !count) return false;
    std::size_t before = 0;
    std::size_t met = 0;
    std::size_t at = block.size() - left.size();  // where the last entry met begins
    while (!left.empty() && first_byte(left) != end_mark) {
        at = block.size() - left.size();
        const auto size_before = take_size(left);
        const auto element = size_before == before ? take_element(left) : std::nullopt;
        if (!element || !visit(*element)) return false;
        before = block.size() - left.size() - at;
        ++met;
    }
    return left.size() == 1 && last == at && (count == uncounted || count == met);
}

bool each_in_zipmap(std::string_view block, const VisitElement& visit)
{
    std::string_view left = block;
    const auto count = take(left, 1);
    if (!count) return false;
    std::size_t met = 0;
    for (; !left.empty() && first_byte(left) != end_mark; ++met) {
        const auto field_size = take_size(left);
        const auto field = field_size ? take_text(left, *field_size) : std::nullopt;
        const auto value_size = field ? take_size(left) : std::nullopt;
        const auto gap = value_size ? take(left, 1) : std::nullopt;
        const auto value = gap ? take_text(left, *value_size) : std::nullopt;
        if (!value || !take(left, first_byte(*gap)) || !visit(*field) || !visit(*value))
            return false;
    }
    return left.size() == 1 && (first_byte(*count) == wide || first_byte(*count) == met);
}

}  // namespace mini_redis::values
