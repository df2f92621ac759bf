// A packed collection is written as its block, and so read again; every other one text by text.
#include "server/values/rdb_collections.hpp"

#include "protocol/number.hpp"
#include "server/values/old_packs.hpp"

#include <bit>
#include <cmath>
#include <functional>
#include <optional>
#include <string>
#include <unordered_set>
#include <utility>

namespace mini_redis::values {
namespace {

void write_text(RdbWriter& out, const Element& element)
{
    Element::Scratch scratch;
    out.text(element.text(scratch));
}

struct ElementHash {
    std::size_t operator()(const Element& element) const
    {
        if (element.is_integer()) return std::hash<std::int64_t>()(element.integer());
        Element::Scratch unused;
        return std::hash<std::string_view>()(element.text(unused));
    }
};

// Whether each element is held as what it would be found by: an integer as one.
bool is_found(const Listpack& pack)
{
    Element::Scratch scratch;
    for (auto at = pack.begin(); at != pack.end(); at = pack.next(at))
        if (element_of(pack[at].text(scratch)) != pack[at]) return false;
    return true;
}

// Whether no two of every `step` elements are equal.
bool is_distinct(const Listpack& pack, unsigned step)
{
    std::unordered_set<Element, ElementHash> met;
    unsigned skip = 0;
    for (auto at = pack.begin(); at != pack.end(); at = pack.next(at)) {
        if (skip == 0 && !met.insert(pack[at]).second) return false;
        skip = skip == 0 ? step - 1 : skip - 1;
    }
    return true;
}

std::optional<Listpack> read_listpack(RdbReader& in)
{
    std::string scratch;
    const std::string_view block = in.text(scratch);
    if (!in.ok() || !Listpack::valid(block)) return std::nullopt;
    Listpack pack(block);
    return is_found(pack) ? std::optional(std::move(pack)) : std::nullopt;
}

std::optional<Listpack> read_ziplist(RdbReader& in)
{
    std::string scratch;
    Listpack pack;
    const bool whole = each_in_ziplist(in.text(scratch), [&](const Element& element) {
        if (!pack.fits(Listpack::size_of(element))) return false;
        pack.append({element});
        return true;
    });
    return whole ? std::optional(std::move(pack)) : std::nullopt;
}

// Fields and values, or members and scores; none of the first twice.
std::optional<Listpack> read_pairs(RdbReader& in, bool as_ziplist)
{
    auto pack = as_ziplist ? read_ziplist(in) : read_listpack(in);
    if (!pack || pack->empty() || pack->size() % 2 != 0 || !is_distinct(*pack, 2))
        return std::nullopt;
    return pack;
}

bool read_fields(RdbReader& in, const Hash::Limits& limits, Hash& hash)
{
    std::string field_scratch;
    std::string value_scratch;
    for (std::uint64_t left = in.length(); left > 0; --left) {
        const std::string_view field = in.text(field_scratch);
        const std::string_view value = in.text(value_scratch);
        if (!in.ok() || !hash.set(field, value, limits)) return false;
    }
    return in.ok();
}

bool read_zipmap(RdbReader& in, const Hash::Limits& limits, Hash& hash)
{
    std::string scratch;
    std::optional<std::string> field;
    return each_in_zipmap(in.text(scratch), [&](const Element& element) {
        Element::Scratch digits;
        const std::string_view text = element.text(digits);
        if (!field) return field.emplace(text), true;
        const bool is_new = hash.set(*field, text, limits);
        field.reset();
        return is_new;
    });
}

bool read_members(RdbReader& in, const Set::Limits& limits, Set& set)
{
    std::string scratch;
    for (std::uint64_t left = in.length(); left > 0; --left) {
        const std::string_view member = in.text(scratch);
        if (!in.ok() || !set.add(member, limits)) return false;
    }
    return in.ok();
}

bool read_elements(RdbReader& in, const List::Limits& limits, List& list)
{
    std::string scratch;
    for (std::uint64_t left = in.length(); left > 0; --left) {
        const std::string_view element = in.text(scratch);
        if (!in.ok()) return false;
        list.push(End::tail, element, limits);
    }
    return in.ok();
}

bool read_scores(RdbReader& in, RdbType type, const SortedSet::Limits& limits, SortedSet& set)
{
    std::string scratch;
    for (std::uint64_t left = in.length(); left > 0; --left) {
        const std::string_view member = in.text(scratch);
        const double score =
            type == RdbType::sorted_set ? in.score_as_text() : std::bit_cast<double>(in.number());
        if (!in.ok() || std::isnan(score) || !set.set(member, score, limits)) return false;
    }
    return in.ok();
}

// Whether it is one of a sorted set: members and scores, and those in order.
bool is_ordered(const Listpack& pack)
{
    std::optional<std::pair<double, std::string>> before;
    for (auto at = pack.begin(); at != pack.end();) {
        Element::Scratch scratch;
        std::string member(pack[at].text(scratch));
        const Element score = pack[pack.next(at)];
        if (!score.is_integer()) {
            const auto number = protocol::parse_double(score.text(scratch));
            if (!number || std::isnan(*number)) return false;
        }
        std::pair now(score_of(score), std::move(member));
        if (before && now <= *before) return false;
        before = std::move(now);
        at = pack.next(pack.next(at));
    }
    return true;
}

// One block, of any of the kinds that there ever were.
std::optional<Listpack> read_block(RdbReader& in, RdbType type)
{
    if (type == RdbType::list_quicklist) return read_ziplist(in);
    const std::uint64_t kind = in.length();
    if (kind == static_cast<std::uint64_t>(RdbBlock::packed)) return read_listpack(in);
    std::string scratch;
    const Element element = element_of(in.text(scratch));
    Listpack pack;
    if (!in.ok() || kind != static_cast<std::uint64_t>(RdbBlock::plain) ||
        !pack.fits(Listpack::size_of(element)))
        return std::nullopt;
    pack.append({element});
    return pack;
}

bool read_blocks(RdbReader& in, RdbType type, List& list)
{
    for (std::uint64_t left = in.length(); left > 0; --left) {
        auto block = read_block(in, type);
        if (!block) return false;
        if (!block->empty()) list.append(std::move(*block));
    }
    return in.ok();
}

}  // namespace

void write_rdb(RdbWriter& out, const Hash& hash)
{
    out.type(hash.packed() ? RdbType::hash_listpack : RdbType::hash);
    if (hash.packed()) return out.text(hash.pack().block());
    out.length(hash.size());
    hash.each([&](const Element& field, const Element& value) {
        write_text(out, field);
        write_text(out, value);
    });
}

void write_rdb(RdbWriter& out, const List& list)
{
    out.type(RdbType::list_quicklist_2);
    out.length(list.blocks());
    for (std::size_t i = 0; i < list.blocks(); ++i) {
        out.length(static_cast<std::uint64_t>(RdbBlock::packed));
        out.text(list.block(i).block());
    }
}

void write_rdb(RdbWriter& out, const Set& set)
{
    out.type(set.packed() ? RdbType::set_intset : RdbType::set);
    if (set.packed()) return out.text(set.pack().block());
    out.length(set.size());
    set.each([&](const Element& member) { write_text(out, member); });
}

// From the highest score, as Redis writes it.
void write_rdb(RdbWriter& out, const SortedSet& set)
{
    out.type(set.packed() ? RdbType::sorted_set_listpack : RdbType::sorted_set_2);
    if (set.packed()) return out.text(set.pack().block());
    out.length(set.size());
    set.walk({0, set.size()}, Order::descending, [&](const Element& member, double score) {
        write_text(out, member);
        out.number(std::bit_cast<std::uint64_t>(score));
    });
}

bool read_rdb(RdbReader& in, RdbType type, const RdbLimits& limits, Hash& hash)
{
    if (type == RdbType::hash) return read_fields(in, limits.hash, hash) && !hash.empty();
    if (type == RdbType::hash_zipmap) return read_zipmap(in, limits.hash, hash) && !hash.empty();
    auto pack = read_pairs(in, type == RdbType::hash_ziplist);
    if (!pack) return false;
    hash = Hash::adopt({pack->release(), true});
    hash.fit(limits.hash);
    return true;
}

bool read_rdb(RdbReader& in, RdbType type, const RdbLimits& limits, List& list)
{
    if (type == RdbType::list) return read_elements(in, limits.list, list) && !list.empty();
    if (type != RdbType::list_ziplist) return read_blocks(in, type, list) && !list.empty();
    std::string scratch;
    const bool whole = each_in_ziplist(in.text(scratch), [&](const Element& element) {
        Element::Scratch digits;
        list.push(End::tail, element.text(digits), limits.list);
        return true;
    });
    return whole && !list.empty();
}

bool read_rdb(RdbReader& in, RdbType type, const RdbLimits& limits, Set& set)
{
    if (type == RdbType::set) return read_members(in, limits.set, set) && !set.empty();
    std::string scratch;
    const std::string_view block = in.text(scratch);
    if (!in.ok() || !Intset::valid(block)) return false;
    Intset integers(block);
    if (integers.empty()) return false;
    set = Set::adopt({integers.release(), true});
    set.fit(limits.set);
    return true;
}

bool read_rdb(RdbReader& in, RdbType type, const RdbLimits& limits, SortedSet& set)
{
    if (type == RdbType::sorted_set || type == RdbType::sorted_set_2)
        return read_scores(in, type, limits.sorted_set, set) && !set.empty();
    auto pack = read_pairs(in, type == RdbType::sorted_set_ziplist);
    if (!pack || !is_ordered(*pack)) return false;
    set = SortedSet::adopt({pack->release(), true});
    set.fit(limits.sorted_set);
    return true;
}

}  // namespace mini_redis::values
