// Reading entries, appending and marking them.
#include "server/values/stream_node.hpp"

#include <vector>

namespace mini_redis::values {
namespace {

constexpr std::int64_t is_deleted = 1;
constexpr std::int64_t has_node_fields = 2;

Element number(std::uint64_t value)
{
    return Element(static_cast<std::int64_t>(value));
}

std::size_t count_at(const Listpack& pack, Listpack::Place place)
{
    return static_cast<std::size_t>(pack[place].integer());
}

Listpack::Place behind(const Listpack& pack, Listpack::Place place, std::size_t count)
{
    while (count-- > 0) place = pack.next(place);
    return place;
}

// What an entry consists of, in a node that has its fields or has not.
std::vector<Element> elements_of(const StreamId& entry, const StreamId& node, FieldValues fields,
                                 bool same_fields)
{
    std::vector<Element> elements;
    elements.reserve(fields.size() + 5);
    elements.emplace_back(same_fields ? has_node_fields : 0);
    elements.push_back(number(entry.ms - node.ms));
    elements.push_back(number(entry.seq - node.seq));
    if (!same_fields) elements.push_back(number(fields.size() / 2));
    for (std::size_t i = same_fields ? 1 : 0; i < fields.size(); i += same_fields ? 2 : 1)
        elements.push_back(element_of(fields[i]));
    elements.push_back(number(elements.size()));
    return elements;
}

}  // namespace

StreamNode::StreamNode(const StreamId& first, FieldValues fields) : id(first)
{
    std::vector<Element> head{number(1), number(0), number(fields.size() / 2)};
    head.reserve(fields.size() / 2 + 4);
    for (std::size_t i = 0; i < fields.size(); i += 2) head.push_back(element_of(fields[i]));
    head.push_back(number(0));
    pack_.insert(pack_.end(), head);
    pack_.insert(pack_.end(), elements_of(first, id, fields, true));
}

std::optional<StreamNode> StreamNode::of(const StreamId& first, Listpack pack)
{
    StreamNode node(first, std::move(pack));
    if (!node.is_one() || !node.is_in_order()) return std::nullopt;
    return node;
}

// Looks at each step before it is made.
bool StreamNode::is_one() const
{
    Place at = pack_.begin();
    const auto integer = [&]() -> std::optional<std::int64_t> {
        if (at == pack_.end() || !pack_[at].is_integer()) return std::nullopt;
        const std::int64_t value = pack_[at].integer();
        at = pack_.next(at);
        return value;
    };
    const auto pass = [&](std::uint64_t count) {
        for (; count > 0 && at != pack_.end(); --count) at = pack_.next(at);
        return count == 0;
    };
    const auto live = integer();
    const auto deleted = integer();
    const auto fields = integer();
    if (!fields || *fields < 0 || !pass(static_cast<std::uint64_t>(*fields)) || integer() != 0)
        return false;
    Counts met{0, 0};
    while (at != pack_.end()) {
        const std::int64_t flags = integer().value_or(0);
        const auto ms = integer();
        const auto seq = integer();
        const bool same = (flags & has_node_fields) != 0;
        const auto own = same ? fields : integer();
        if (!ms || !seq || !own || *own < 0) return false;
        const auto size = static_cast<std::uint64_t>(*own) * (same ? 1 : 2);
        if (!pass(size) || integer() != static_cast<std::int64_t>(size) + (same ? 3 : 4))
            return false;
        ++((flags & is_deleted) != 0 ? met.deleted : met.live);
    }
    return met.live == live && met.deleted == deleted && met.live + met.deleted > 0;
}

bool StreamNode::is_in_order() const
{
    std::optional<StreamId> last;
    for (Place at = first(); at != end();) {
        const StreamEntry entry = (*this)[at];
        if (!entry.deleted) {
            if (last && entry.id <= *last) return false;
            last = entry.id;
        }
        at = next(entry);
    }
    return true;
}

std::optional<StreamId> StreamNode::first_live() const
{
    for (Place at = first(); at != end();) {
        const StreamEntry entry = (*this)[at];
        if (!entry.deleted) return entry.id;
        at = next(entry);
    }
    return std::nullopt;
}

StreamNode::Counts StreamNode::counts() const
{
    const Place live = pack_.begin();
    return {pack_[live].integer(), pack_[pack_.next(live)].integer()};
}

std::size_t StreamNode::size() const
{
    const Counts now = counts();
    return static_cast<std::size_t>(now.live + now.deleted);
}

StreamNode::Place StreamNode::first() const
{
    return behind(pack_, first_field(), count_at(pack_, field_count_place()) + 1);
}

StreamNode::Place StreamNode::next(const StreamEntry& entry) const
{
    const std::size_t values = entry.has_node_fields_ ? entry.size() : entry.size() * 2;
    return behind(pack_, entry.first_, values + 1);
}

StreamNode::Place StreamNode::before(Place place) const
{
    Place at = pack_.before(place);
    std::size_t size = count_at(pack_, at);
    if (size == 0) return end();  // the end of the node's own fields
    while (size-- > 0) at = pack_.before(at);
    return at;
}

StreamEntry StreamNode::operator[](Place place) const
{
    StreamEntry entry;
    entry.node_ = this;
    entry.at_ = place;
    const std::int64_t flags = pack_[place].integer();
    entry.deleted = (flags & is_deleted) != 0;
    entry.has_node_fields_ = (flags & has_node_fields) != 0;
    place = pack_.next(place);
    entry.id.ms = id.ms + static_cast<std::uint64_t>(pack_[place].integer());
    place = pack_.next(place);
    entry.id.seq = id.seq + static_cast<std::uint64_t>(pack_[place].integer());
    place = pack_.next(place);
    if (entry.has_node_fields_) {
        entry.size_ = count_at(pack_, field_count_place());
        entry.first_ = place;
    } else {
        entry.size_ = count_at(pack_, place);
        entry.first_ = pack_.next(place);
    }
    return entry;
}

bool StreamNode::has_fields_of(FieldValues fields) const
{
    if (fields.size() / 2 != count_at(pack_, field_count_place())) return false;
    Place place = first_field();
    for (std::size_t i = 0; i < fields.size(); i += 2, place = pack_.next(place))
        if (pack_[place] != element_of(fields[i])) return false;
    return true;
}

void StreamNode::append(const StreamId& entry, FieldValues fields)
{
    const auto elements = elements_of(entry, id, fields, has_fields_of(fields));
    const std::int64_t live = counts().live;
    pack_.replace(pack_.begin(), Element(live + 1));
    try {
        pack_.insert(pack_.end(), elements);
    } catch (...) {
        pack_.replace(pack_.begin(), Element(live));
        throw;
    }
}

StreamNode::Place StreamNode::erase(const StreamEntry& entry)
{
    const Counts before = counts();
    const std::int64_t flags = is_deleted | (entry.has_node_fields_ ? has_node_fields : 0);
    const Place from_end = pack_.end() - entry.at_;
    pack_.replace(pack_.next(pack_.begin()), Element(before.deleted + 1));
    // From here on nothing becomes longer, so nothing fails.
    pack_.replace(pack_.begin(), Element(before.live - 1));
    return pack_.replace(pack_.end() - from_end, Element(flags));
}

}  // namespace mini_redis::values
