// Words are read with memcpy, which costs nothing and minds no alignment. Loops of a fixed length
// inside are what the compiler makes vector instructions of.
#include "server/commands/bitmap.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <functional>

namespace mini_redis::commands {
namespace {

constexpr std::size_t word_bytes = sizeof(std::uint64_t);

std::uint64_t load(const char* at)
{
    std::uint64_t word;
    std::memcpy(&word, at, word_bytes);
    return word;
}

// The bits in their order, the first highest; what lies beyond the end is zero.
std::uint64_t load_in_order(std::string_view text, std::size_t at)
{
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + at, std::min(word_bytes, text.size() - at));
    return std::endian::native == std::endian::little ? __builtin_bswap64(word) : word;
}

// Four sums, so that no addition waits for the one before. Inlined, so that the caller's target
// decides what a population count is.
[[gnu::always_inline]] inline std::int64_t count_all(std::string_view text)
{
    std::array<std::int64_t, 4> sums{};
    std::size_t at = 0;
    for (; at + 4 * word_bytes <= text.size(); at += 4 * word_bytes)
        for (std::size_t i = 0; i < 4; ++i)
            sums[i] += std::popcount(load(text.data() + at + i * word_bytes));
    for (; at < text.size(); at += word_bytes) sums[0] += std::popcount(load_in_order(text, at));
    return sums[0] + sums[1] + sums[2] + sums[3];
}

#if defined(__x86_64__) && !defined(__POPCNT__)
// The baseline of x86-64 has no instruction for it, but almost every machine does.
[[gnu::target("popcnt")]] std::int64_t count_by_instruction(std::string_view text)
{
    return count_all(text);
}
#endif

std::int64_t count(std::string_view text)
{
#if defined(__x86_64__) && !defined(__POPCNT__)
    if (__builtin_cpu_supports("popcnt")) return count_by_instruction(text);
#endif
    return count_all(text);
}

// `out` with what of `source` there is; the rest of it is met by zeros.
template <class Operation>
void apply(Operation operation, std::string_view source, std::span<char> out)
{
    using Words = std::array<std::uint64_t, 8>;
    std::size_t at = 0;
    for (; at + sizeof(Words) <= source.size(); at += sizeof(Words)) {
        Words a;
        Words b;
        std::memcpy(&a, out.data() + at, sizeof a);
        std::memcpy(&b, source.data() + at, sizeof b);
        for (std::size_t i = 0; i < a.size(); ++i) a[i] = operation(a[i], b[i]);
        std::memcpy(out.data() + at, &a, sizeof a);
    }
    for (; at < out.size(); ++at)
        out[at] = static_cast<char>(operation(out[at], at < source.size() ? source[at] : 0));
}

void apply(BitOperation operation, std::string_view source, std::span<char> out)
{
    switch (operation) {
        case BitOperation::bit_and:
            return apply(std::bit_and<>(), source, out);
        case BitOperation::bit_or:
            return apply(std::bit_or<>(), source, out);
        case BitOperation::bit_xor:
            return apply(std::bit_xor<>(), source, out);
        case BitOperation::bit_not:
            return apply([](auto, auto bits) { return ~bits; }, source, out);
    }
}

}  // namespace

std::int64_t count_bits(std::string_view text, std::int64_t first, std::int64_t last)
{
    const auto begin = static_cast<std::size_t>(first / 8);
    const auto end = static_cast<std::size_t>(last / 8);
    const std::int64_t ones = count(text.substr(begin, end - begin + 1));
    // What of the outer bytes is not asked for.
    const auto before = static_cast<std::uint8_t>(text[begin] & ~(0xff >> first % 8));
    const auto behind = static_cast<std::uint8_t>(text[end] & (0x7f >> last % 8));
    return ones - std::popcount(before) - std::popcount(behind);
}

std::int64_t find_bit(std::string_view text, bool set, std::int64_t first, std::int64_t last)
{
    const std::uint64_t flip = set ? 0 : ~std::uint64_t{0};
    text = text.substr(0, static_cast<std::size_t>(last / 8 + 1));
    std::uint64_t asked_for = ~std::uint64_t{0} >> first % 8;
    for (auto at = static_cast<std::size_t>(first / 8); at < text.size(); at += word_bytes) {
        const std::uint64_t word = (load_in_order(text, at) ^ flip) & asked_for;
        if (word != 0) {
            const auto found = static_cast<std::int64_t>(at) * 8 + std::countl_zero(word);
            return found <= last ? found : -1;
        }
        asked_for = ~std::uint64_t{0};
    }
    return -1;
}

// In pieces that stay in the nearest cache while source after source is applied to them.
void combine_bits(BitOperation operation, std::span<const std::string_view> sources,
                  std::span<char> out)
{
    constexpr std::size_t piece_bytes = 8192;
    for (std::size_t at = 0; at < out.size(); at += piece_bytes) {
        const std::span<char> piece = out.subspan(at, std::min(piece_bytes, out.size() - at));
        const auto part = [&](std::string_view source) {
            return source.substr(std::min(at, source.size()), piece.size());
        };
        const std::string_view first = part(sources.front());
        std::ranges::fill(std::ranges::copy(first, piece.begin()).out, piece.end(), '\0');
        if (operation == BitOperation::bit_not) apply(operation, first, piece);
        for (const std::string_view source : sources.subspan(1))
            apply(operation, part(source), piece);
    }
}

}  // namespace mini_redis::commands
