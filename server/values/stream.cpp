// Appending, deleting, trimming, and what is known of the numbers of entries.
#include "server/values/stream.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <utility>

namespace mini_redis::values {
namespace {

// More would not fit into a node, as Redis has it.
constexpr std::size_t node_bytes_max = std::size_t{1} << 30;

std::size_t text_size(FieldValues fields)
{
    std::size_t size = 0;
    for (const std::string_view text : fields) size += text.size();
    return size;
}

}  // namespace

const Stream::Groups Stream::no_groups;

Stream::Body& Stream::body()
{
    if (!body_) body_ = std::make_unique<Body>();
    return *body_;
}

Stream Stream::copy() const
{
    Stream twin;
    if (!body_) return twin;
    Body& made = twin.body();
    const Nodes& nodes = body_->nodes;
    for (auto node = nodes.begin(); node != nodes.end(); node = nodes.next(node))
        made.nodes.insert(nodes[node].copy());
    for (const auto& group : body_->groups) made.groups.insert(group->copy());
    made.size = body_->size;
    made.added = body_->added;
    made.node_bytes = body_->node_bytes;
    made.first = body_->first;
    made.last = body_->last;
    made.max_deleted = body_->max_deleted;
    return twin;
}

Held Stream::release()
{
    void* word = body_.release();
    return {word, word == nullptr};
}

Stream Stream::adopt(Held held)
{
    Stream stream;
    stream.body_.reset(static_cast<Body*>(held.word));
    return stream;
}

std::size_t Stream::weight() const
{
    if (!body_) return 0;
    std::size_t bytes = sizeof(Body) + body_->nodes.weight() + body_->node_bytes;
    for (const auto& group : body_->groups) bytes += group->weight();
    return bytes;
}

Stream::Nodes::Place Stream::node_of(const Nodes& nodes, const StreamId& id)
{
    const auto place = nodes.from(id);
    if (place != nodes.end() && nodes[place].id == id) return place;
    return place == nodes.begin() ? nodes.end() : nodes.before(place);
}

bool Stream::too_large(FieldValues fields)
{
    return text_size(fields) > node_bytes_max;
}

void Stream::append(const StreamId& id, FieldValues fields, const Limits& limits)
{
    const std::size_t bytes_max =
        limits.bytes == 0 ? node_bytes_max : std::min(limits.bytes, node_bytes_max);
    const bool made = vacant();
    Nodes& nodes = body().nodes;
    try {
        const bool fits = [&] {
            if (nodes.empty()) return false;
            const StreamNode& newest = nodes[nodes.last()];
            return newest.bytes() + text_size(fields) < bytes_max &&
                   (limits.entries == 0 || newest.size() < limits.entries);
        }();
        if (fits) {
            StreamNode& newest = nodes[nodes.last()];
            const std::uint32_t before = newest.bytes();
            newest.append(id, fields);
            body_->node_bytes += newest.bytes() - before;
        } else {
            StreamNode node(id, fields);
            const std::uint32_t bytes = node.bytes();
            nodes.insert(std::move(node));
            body_->node_bytes += bytes;
        }
    } catch (...) {
        if (made) body_.reset();
        throw;
    }
    ++body_->added;
    body_->last = id;
    if (++body_->size == 1) body_->first = id;
}

bool Stream::append_node(StreamNode node)
{
    Nodes& nodes = body().nodes;
    if (!nodes.empty() && node.id <= nodes[nodes.last()].id) return false;
    if (const auto first = node.first_live(); first && *first <= last_entry_id()) return false;
    const std::size_t live = node.live();
    const std::uint32_t bytes = node.bytes();
    nodes.insert(std::move(node));
    body_->size += live;
    body_->node_bytes += bytes;
    if (size() == live) note_first();
    return true;
}

bool Stream::contains(const StreamId& id) const
{
    bool found = false;
    each(id, id, [&](const StreamEntry&) { found = true; });
    return found;
}

StreamId Stream::last_entry_id() const
{
    StreamId found;
    each_backwards({}, stream_id_max,
                   [&](const StreamEntry& entry) { return found = entry.id, false; });
    return found;
}

// The first of those that are left.
void Stream::note_first()
{
    body_->first = {};
    each({}, stream_id_max,
         [&](const StreamEntry& entry) { return body_->first = entry.id, false; });
}

Stream::Nodes::Place Stream::drop(Nodes::Place node)
{
    body_->size -= body_->nodes[node].live();
    body_->node_bytes -= body_->nodes[node].bytes();
    return body_->nodes.erase(node);
}

bool Stream::erase(const StreamId& id)
{
    std::optional<std::pair<Nodes::Place, StreamEntry>> found;
    walk(id, id, [&](Nodes::Place node, const StreamEntry& entry) { found.emplace(node, entry); });
    if (!found) return false;
    const auto& [node, entry] = *found;
    if (StreamNode& entries = body_->nodes[node]; entries.live() == 1) {
        drop(node);
    } else {
        const std::uint32_t before = entries.bytes();
        entries.erase(entry);
        body_->node_bytes = body_->node_bytes - before + entries.bytes();
        --body_->size;
    }
    if (id == body_->first) note_first();
    body_->max_deleted = std::max(body_->max_deleted, id);
    return true;
}

std::uint64_t Stream::trim(const Trim& how)
{
    if (!body_) return 0;
    Nodes& nodes = body_->nodes;
    std::uint64_t trimmed = 0;
    for (auto node = nodes.begin(); node != nodes.end();) {
        if (how.by == Trim::By::length && size() <= how.length) break;
        const std::uint64_t live = nodes[node].live();
        if (how.most != 0 && trimmed + live > how.most) break;
        const bool whole = how.by == Trim::By::length
                               ? size() - live >= how.length
                               : nodes[node][nodes[node].last()].id < how.first;
        if (!whole) {
            if (!how.whole_nodes) trimmed += trim_within(nodes[node], how);
            break;
        }
        trimmed += live;
        node = drop(node);
    }
    if (trimmed != 0) note_first();
    return trimmed;
}

std::uint64_t Stream::trim_within(StreamNode& node, const Trim& how)
{
    std::uint64_t trimmed = 0;
    for (auto place = node.first(); place != node.end();) {
        StreamEntry entry = node[place];
        if (how.by == Trim::By::length ? size() <= how.length : entry.id >= how.first) break;
        if (!entry.deleted) {
            const std::uint32_t before = node.bytes();
            entry = node[node.erase(entry)];
            body_->node_bytes = body_->node_bytes - before + node.bytes();
            --body_->size;
            ++trimmed;
        }
        place = node.next(entry);
    }
    return trimmed;
}

bool Stream::add_group(std::string_view name, const StreamId& last, std::int64_t entries_read)
{
    if (find_group(name)) return false;
    auto group = std::make_unique<StreamGroup>(name, last, entries_read);
    Stream made;
    Body& owner = body_ ? *body_ : made.body();
    owner.groups.insert(std::move(group));
    if (!body_) body_ = std::move(made.body_);
    return true;
}

bool Stream::remove_group(std::string_view name)
{
    if (!find_group(name)) return false;
    body_->groups.erase(body_->groups.find(name));
    return true;
}

// Whether one may be missing among the entries that are there, from an id on.
bool Stream::deleted_from(const StreamId& id) const
{
    return size() != 0 && !max_deleted_id().is_zero() && first_entry_id() <= max_deleted_id() &&
           id <= max_deleted_id();
}

std::int64_t Stream::count_up_to(const StreamId& id) const
{
    const auto added = static_cast<std::int64_t>(entries_added());
    if (added == 0) return 0;
    if (size() == 0 && id <= last_id()) return added;
    if (id == last_id()) return added;
    if (id > last_id()) return StreamGroup::unknown;
    // Where nothing was deleted behind the first one, those that are there were added last.
    if (!max_deleted_id().is_zero() && max_deleted_id() >= first_entry_id())
        return StreamGroup::unknown;
    const std::int64_t before_first = added - static_cast<std::int64_t>(size());
    if (id < first_entry_id()) return before_first;
    return id == first_entry_id() ? before_first + 1 : StreamGroup::unknown;
}

std::optional<std::int64_t> Stream::lag_of(const StreamGroup& group) const
{
    if (entries_added() == 0) return 0;
    const auto added = static_cast<std::int64_t>(entries_added());
    if (group.entries_read != StreamGroup::unknown && !deleted_from(group.last_id))
        return added - group.entries_read;
    const std::int64_t read = count_up_to(group.last_id);
    return read == StreamGroup::unknown ? std::nullopt : std::optional(added - read);
}

void Stream::note_read(StreamGroup& group, const StreamId& id) const
{
    if (group.entries_read != StreamGroup::unknown && !deleted_from(id))
        ++group.entries_read;
    else if (entries_added() != 0)
        group.entries_read = count_up_to(id);
    group.last_id = id;
}

// A radix tree has a node where an id ends, one where ids part, and one for the bytes between two
// of these. Ids part from those beside them, so a walk in order meets all places: `open` are those
// on the way to the id met last, by how many bytes stand before them.
std::size_t Stream::tree_node_count() const
{
    constexpr int id_bytes = 16;
    constexpr int root = -1;
    if (node_count() == 0) return 1;
    std::size_t count = node_count();
    std::array<int, id_bytes + 1> open;
    std::size_t depth = 0;
    // The way to the last id is left behind what it has in common with the next.
    const auto part_at = [&](int common) {
        int end = id_bytes;
        for (; depth != 0 && open[depth - 1] > common; end = open[--depth])
            count += end - open[depth - 1] > 1 ? 2 : 1;
        if (depth == 0 || open[depth - 1] < common) open[depth++] = common;
        count += end - common > 1 ? 1 : 0;
    };
    const auto common_bytes = [](const StreamId& a, const StreamId& b) {
        if (a.ms != b.ms) return std::countl_zero(a.ms ^ b.ms) / 8;
        return 8 + std::countl_zero(a.seq ^ b.seq) / 8;
    };
    const Nodes& nodes = body_->nodes;
    for (auto node = nodes.begin(); node != nodes.last();) {
        const StreamId& id = nodes[node].id;
        node = nodes.next(node);
        part_at(common_bytes(id, nodes[node].id));
    }
    part_at(root);
    return count;
}

}  // namespace mini_redis::values
