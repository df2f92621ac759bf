// The head, the dense registers, and the way from sparse to dense.
#include "server/values/hyperloglog.hpp"

#include "server/values/cardinality.hpp"
#include "server/values/murmur.hpp"
#include "server/values/raw.hpp"

#include <algorithm>
#include <bit>

namespace mini_redis::values {
namespace {

constexpr std::string_view magic = "HYLL";
constexpr std::size_t form_at = 4;
constexpr std::size_t count_at = 8;
constexpr std::size_t head = 16;
constexpr std::size_t bits = 6;
constexpr std::size_t dense_size = head + register_count * bits / 8;
enum Form : char { dense_form = 0, sparse_form = 1 };

constexpr std::uint64_t hash_seed = 0xadc83b19;
constexpr std::uint64_t not_valid = std::uint64_t{1} << 63;

// Four registers are three bytes.
template <class Visit>
void each_dense(std::string_view registers, Visit&& visit)
{
    const auto byte = [&](std::size_t at) { return static_cast<std::uint8_t>(registers[at]); };
    unsigned index = 0;
    for (std::size_t at = 0; at < registers.size(); at += 3) {
        const auto four = static_cast<unsigned>(byte(at) | byte(at + 1) << 8 | byte(at + 2) << 16);
        for (unsigned shift = 0; shift < 4 * bits; shift += bits)
            visit(index++, four >> shift & 0x3fU);
    }
}

}  // namespace

Sighting sighting_of(std::string_view element)
{
    const std::uint64_t hash = murmur_hash(element, hash_seed);
    constexpr int index_bits = std::countr_zero(register_count);
    const std::uint64_t rest = hash >> index_bits | std::uint64_t{1} << (64 - index_bits);
    return {static_cast<unsigned>(hash % register_count),
            static_cast<unsigned>(std::countr_zero(rest)) + 1};
}

std::uint64_t count_of(const Registers& registers)
{
    Ranks ranks{};
    for (const std::uint8_t rank : registers) ++ranks[rank];
    return cardinality(ranks);
}

bool Hyperloglog::is_one(std::string_view text)
{
    return text.size() >= head && text.starts_with(magic) &&
           (text[form_at] == sparse_form ||
            (text[form_at] == dense_form && text.size() == dense_size));
}

bool Hyperloglog::dense() const
{
    return text_[form_at] == dense_form;
}

std::string_view Hyperloglog::runs() const
{
    return text_.substr(head);
}

std::optional<std::uint64_t> Hyperloglog::known_count() const
{
    const auto count = load<std::uint64_t>(text_.data() + count_at);
    return (count & not_valid) == 0 ? std::optional(count) : std::nullopt;
}

std::optional<std::uint64_t> Hyperloglog::count() const
{
    Ranks ranks{};
    if (dense()) {
        each_dense(text_.substr(head), [&](unsigned, unsigned rank) { ++ranks[rank]; });
    } else if (!each_run(runs(),
                         [&](unsigned, const Run& run) { ranks[run.value] += run.count; })) {
        return std::nullopt;
    }
    return cardinality(ranks);
}

bool Hyperloglog::merge_into(Registers& registers) const
{
    const auto raise_to = [&](unsigned index, unsigned rank) {
        registers[index] = std::max(registers[index], static_cast<std::uint8_t>(rank));
    };
    if (dense()) return each_dense(text_.substr(head), raise_to), true;
    return each_run(runs(), [&](unsigned first, const Run& run) {
        if (run.value == 0) return;
        for (unsigned i = 0; i < run.count; ++i) raise_to(first + i, run.value);
    });
}

std::string Hyperloglog::empty()
{
    std::string text(head, '\0');
    text.replace(0, magic.size(), magic);
    text[form_at] = sparse_form;
    return text += "\x7f\xff";  // one run of all of them
}

void remember_count(std::span<char> text, std::optional<std::uint64_t> count)
{
    if (count) return store(text.data() + count_at, *count);
    store(text.data() + count_at, load<std::uint64_t>(text.data() + count_at) | not_valid);
}

bool raise_dense(std::span<char> text, Sighting sighting)
{
    const std::size_t bit = sighting.index * bits;
    const std::size_t shift = bit % 8;
    char* at = text.data() + head + bit / 8;
    const std::size_t bytes = shift + bits > 8 ? 2 : 1;  // behind the last register is nothing
    std::uint16_t around = 0;
    std::memcpy(&around, at, bytes);
    if ((around >> shift & 0x3fU) >= sighting.rank) return false;
    around = static_cast<std::uint16_t>((around & ~(0x3fU << shift)) | sighting.rank << shift);
    std::memcpy(at, &around, bytes);
    return true;
}

Raised raise(std::string& text, Sighting sighting, std::size_t sparse_max)
{
    if (!Hyperloglog(text).dense()) {
        const Raised raised = raise_sparse(text, head, sighting, sparse_max);
        if (raised == Raised::yes) remember_count(text, std::nullopt);
        if (raised != Raised::too_high) return raised;
        if (!make_dense(text)) return Raised::corrupt;
    }
    return raise_dense(text, sighting) ? Raised::yes : Raised::no;
}

bool make_dense(std::string& text)
{
    const Hyperloglog sparse(text);
    if (sparse.dense()) return true;
    std::string dense(dense_size, '\0');
    text.copy(dense.data(), head);
    dense[form_at] = dense_form;
    const bool whole = each_run(sparse.runs(), [&](unsigned first, const Run& run) {
        for (unsigned i = 0; i < run.count; ++i) raise_dense(dense, {first + i, run.value});
    });
    if (whole) text = std::move(dense);
    return whole;
}

}  // namespace mini_redis::values
