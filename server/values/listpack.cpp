// Reading, encoding and moving elements.
#include "server/values/listpack.hpp"

#include "server/values/block.hpp"
#include "server/values/raw.hpp"

#include <algorithm>
#include <cstdlib>
#include <cstring>

namespace mini_redis::values {
namespace {

constexpr std::uint8_t terminator = 0xff;
constexpr std::uint8_t text_32 = 0xf0;
constexpr std::uint8_t integer_16 = 0xf1;
constexpr std::uint8_t integer_24 = 0xf2;
constexpr std::uint8_t integer_32 = 0xf3;
constexpr std::uint8_t integer_64 = 0xf4;

std::uint8_t byte(const char* at)
{
    return static_cast<std::uint8_t>(*at);
}

// What an element's first byte says: how long its head is, and how long what follows.
struct Extent {
    std::uint32_t head = 1;
    std::uint32_t data = 0;
    bool is_text = false;

    std::uint32_t size() const { return head + data; }
};

// `room` is how many bytes may be looked at; nothing where the head is none or does not fit in.
std::optional<Extent> extent_at(const char* at, std::size_t room)
{
    const std::uint8_t first = byte(at);
    if (first < 0x80) return Extent{};
    if (first < 0xc0) return Extent{1, first & 0x3fU, true};
    if (first < 0xe0) return Extent{2};
    if (first < 0xf0) {
        if (room < 2) return std::nullopt;
        return Extent{2, (first & 0x0fU) << 8 | byte(at + 1), true};
    }
    switch (first) {
        case text_32:
            if (room < 5) return std::nullopt;
            return Extent{5, load<std::uint32_t>(at + 1), true};
        case integer_16:
            return Extent{1, 2};
        case integer_24:
            return Extent{1, 3};
        case integer_32:
            return Extent{1, 4};
        case integer_64:
            return Extent{1, 8};
        default:
            return std::nullopt;
    }
}

std::int64_t integer_at(const char* at)
{
    const std::uint8_t first = byte(at);
    if (first < 0x80) return first;
    if (first < 0xe0) {
        const int value = (first & 0x1f) << 8 | byte(at + 1);
        return value >= 1 << 12 ? value - (1 << 13) : value;
    }
    switch (first) {
        case integer_16:
            return load<std::int16_t>(at + 1);
        case integer_24: {
            const int value = byte(at + 1) | byte(at + 2) << 8 | byte(at + 3) << 16;
            return value >= 1 << 23 ? value - (1 << 24) : value;
        }
        case integer_32:
            return load<std::int32_t>(at + 1);
        default:
            return load<std::int64_t>(at + 1);
    }
}

bool fits(std::int64_t number, int bits)
{
    const std::int64_t limit = std::int64_t{1} << (bits - 1);
    return number >= -limit && number < limit;
}

Extent extent_of(const Element& element)
{
    if (element.is_integer()) {
        const std::int64_t number = element.integer();
        if (number >= 0 && number < 128) return {};
        if (fits(number, 13)) return {2};
        for (const std::uint32_t bytes : {2U, 3U, 4U})
            if (fits(number, static_cast<int>(bytes) * 8)) return {1, bytes};
        return {1, 8};
    }
    Element::Scratch scratch;
    const auto size = static_cast<std::uint32_t>(element.text(scratch).size());
    return {size < 64 ? 1U : size < 4096 ? 2U : 5U, size, true};
}

void write_integer(char* at, std::int64_t number, const Extent& extent)
{
    const auto bits = static_cast<std::uint64_t>(number);
    if (extent.data == 0 && extent.head == 1) {
        at[0] = static_cast<char>(number);
    } else if (extent.data == 0) {
        at[0] = static_cast<char>(0xc0U | (bits >> 8 & 0x1fU));
        at[1] = static_cast<char>(bits);
    } else {
        at[0] = static_cast<char>(extent.data == 8 ? integer_64 : integer_16 + extent.data - 2);
        std::memcpy(at + 1, &bits, extent.data);
    }
}

void write_text(char* at, std::string_view text, const Extent& extent)
{
    const std::size_t size = text.size();
    if (extent.head == 1) {
        at[0] = static_cast<char>(0x80U | size);
    } else if (extent.head == 2) {
        at[0] = static_cast<char>(0xe0U | size >> 8);
        at[1] = static_cast<char>(size);
    } else {
        at[0] = static_cast<char>(text_32);
        store(at + 1, static_cast<std::uint32_t>(size));
    }
    if (size != 0) std::memcpy(at + extent.head, text.data(), size);
}

// The bytes behind an element that say its size.
std::uint32_t back_size(std::uint32_t size)
{
    std::uint32_t bytes = 1;
    for (; size > 127; size >>= 7) ++bytes;
    return bytes;
}

void write_back(char* at, std::uint32_t size)
{
    const std::uint32_t bytes = back_size(size);
    for (std::uint32_t i = bytes; i-- > 0; size >>= 7)
        at[i] = static_cast<char>((size & 127U) | (i == 0 ? 0 : 0x80U));
}

// Read from its last byte, which is at `at`; nothing where it has more bytes than a size can have.
std::optional<std::uint32_t> read_back(const char* at)
{
    std::uint64_t size = 0;
    for (int shift = 0; shift < 35; shift += 7, --at) {
        size |= std::uint64_t{byte(at) & 127U} << shift;
        if ((byte(at) & 0x80U) == 0) return static_cast<std::uint32_t>(size);
    }
    return std::nullopt;
}

}  // namespace

Element element_of(std::string_view text)
{
    if (text.size() <= 20) {
        if (const auto number = protocol::parse_integer(text)) return Element(*number);
    }
    return Element(text);
}

Listpack::Listpack(std::string_view block) : block_(static_cast<char*>(allocate(block.size())))
{
    std::memcpy(block_, block.data(), block.size());
}

Listpack::~Listpack()
{
    std::free(block_);
}

bool Listpack::valid(std::string_view block)
{
    if (block.size() < head() + 1 || load<std::uint32_t>(block.data()) != block.size())
        return false;
    const std::size_t end = block.size() - 1;
    std::size_t count = 0;
    std::size_t place = head();
    for (; place < end; ++count) {
        const auto extent = extent_at(block.data() + place, end - place);
        if (!extent) return false;
        const std::size_t after = place + std::size_t{extent->head} + extent->data;
        const std::uint32_t back = back_size(extent->size());
        if (after + back > end) return false;
        if (read_back(block.data() + after + back - 1) != extent->size()) return false;
        place = after + back;
    }
    const auto counted = load<std::uint16_t>(block.data() + 4);
    return byte(block.data() + end) == terminator && (counted == uncounted || counted == count);
}

std::size_t Listpack::size() const
{
    if (const auto count = load<std::uint16_t>(at_start() + 4); count != uncounted) return count;
    std::size_t count = 0;
    for (Place place = begin(); place != end(); place = next(place)) ++count;
    return count;
}

std::uint32_t Listpack::span_of(Place place) const
{
    const std::uint32_t size = extent_at(at_start() + place, bytes() - place)->size();
    return size + back_size(size);
}

Listpack::Place Listpack::before(Place place) const
{
    if (place == head()) return end();
    const std::uint32_t size = *read_back(at_start() + place - 1);
    return place - back_size(size) - size;
}

Listpack::Place Listpack::at(std::int64_t index) const
{
    if (index < 0) {
        Place place = last();
        while (place != end() && ++index < 0) place = before(place);
        return place;
    }
    Place place = begin();
    while (place != end() && index-- > 0) place = next(place);
    return place;
}

Element Listpack::operator[](Place place) const
{
    const char* at = at_start() + place;
    const Extent extent = *extent_at(at, bytes() - place);
    if (extent.is_text) return Element(std::string_view(at + extent.head, extent.data));
    return Element(integer_at(at));
}

Listpack::Place Listpack::find(const Element& wanted, Place place, unsigned step) const
{
    for (unsigned skip = 0; place != end(); place = next(place)) {
        if (skip == 0 && (*this)[place] == wanted) return place;
        skip = skip == 0 ? step - 1 : skip - 1;
    }
    return end();
}

void Listpack::resize(Place place, std::uint32_t was, std::uint32_t now)
{
    const std::uint32_t old = bytes();
    const std::uint32_t size = old - was + now;
    if (!block_) {
        block_ = static_cast<char*>(allocate(size));
        std::memcpy(block_, nothing, sizeof nothing);
    }
    const auto move_rest = [&] {
        std::memmove(block_ + place + now, block_ + place + was, old - place - was);
    };
    if (now < was) move_rest();
    // (A block that cannot be made smaller stays as it is.)
    if (auto* moved = static_cast<char*>(reallocate(block_, old, size)))
        block_ = moved;
    else if (now > was)
        throw std::bad_alloc();
    if (now > was) move_rest();
    store(block_, size);
}

void Listpack::count_up(std::int64_t change)
{
    // 65,535 says that it takes a walk to know; a few less than that is not worth one.
    const auto counted = load<std::uint16_t>(at_start() + 4);
    if (counted == uncounted) return;
    store(block_ + 4,
          static_cast<std::uint16_t>(std::min<std::int64_t>(counted + change, uncounted)));
}

std::uint32_t Listpack::size_of(const Element& element)
{
    const std::uint32_t size = extent_of(element).size();
    return size + back_size(size);
}

Listpack::Place Listpack::write(Place place, const Element& element)
{
    const Extent extent = extent_of(element);
    char* at = block_ + place;
    Element::Scratch scratch;
    if (extent.is_text)
        write_text(at, element.text(scratch), extent);
    else
        write_integer(at, element.integer(), extent);
    write_back(at + extent.size(), extent.size());
    return place + extent.size() + back_size(extent.size());
}

Listpack::Place Listpack::insert(Place place, std::span<const Element> elements)
{
    std::uint32_t size = 0;
    for (const Element& element : elements) size += size_of(element);
    resize(place, 0, size);
    Place at = place;
    for (const Element& element : elements) at = write(at, element);
    count_up(static_cast<std::int64_t>(elements.size()));
    return place;
}

Listpack Listpack::copy_from(Place place) const
{
    Listpack rest;
    if (place == end()) return rest;
    rest.resize(head(), 0, end() - place);
    std::memcpy(rest.block_ + head(), block_ + place, end() - place);
    std::int64_t count = 0;
    for (; place != end(); place = next(place)) ++count;
    rest.count_up(count);
    return rest;
}

Listpack::Place Listpack::replace(Place place, const Element& element)
{
    resize(place, span_of(place), size_of(element));
    write(place, element);
    return place;
}

Listpack::Place Listpack::erase(Place place, std::size_t count)
{
    Place behind = place;
    std::int64_t erased = 0;
    for (; behind != end() && count > 0; --count, ++erased) behind = next(behind);
    resize(place, behind - place, 0);
    count_up(-erased);
    return place;
}

}  // namespace mini_redis::values
