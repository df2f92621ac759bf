// A stream: entries in the order of their ids, of which the newest is the greatest, and the groups
// that read them.
//
// The entries stand in nodes (stream_node.hpp), of which an entry is the share: its fields' values,
// some bytes each, and a node's 24 bytes and its block of 4 KB or 100 entries. Nodes stand in order
// (ordered.hpp): an entry is found by two binary searches and a walk through one node. To append,
// or to take a whole node from the front, costs the same however long the stream is.
//
// It is made by its first change and then stays, with entries or without, as Redis' streams do: a
// last id is not forgotten. It neither knows the time nor chooses ids.
#pragma once

#include "server/values/held.hpp"
#include "server/values/stream_group.hpp"
#include "server/values/stream_node.hpp"
#include "server/values/visiting.hpp"

#include <memory>
#include <optional>
#include <string_view>

namespace mini_redis::values {

class Stream {
public:
    // Where a node is full, in bytes or entries; 0 is without limit.
    struct Limits {
        std::size_t bytes;
        std::size_t entries;
    };

    // What is cut off in front: all but the newest so many entries, or all ids before one.
    struct Trim {
        enum class By : std::uint8_t { length, id };
        By by = By::length;
        std::uint64_t length = 0;
        StreamId first = {};
        bool whole_nodes = false;  // and nothing of the node after them
        std::uint64_t most = 0;    // entries at a time; 0 is without limit
    };

    Stream() = default;
    Stream copy() const;

    // To be held by an entry of the keyspace, and back.
    Held release();
    static Stream adopt(Held held);

    // Never made: nothing would be lost with it.
    bool vacant() const { return !body_; }
    // Bytes of memory, of the groups an estimate.
    std::size_t weight() const;

    std::uint64_t size() const { return body_ ? body_->size : 0; }
    std::uint64_t entries_added() const { return body_ ? body_->added : 0; }
    StreamId last_id() const { return body_ ? body_->last : StreamId{}; }
    // Zero where there is none.
    StreamId first_entry_id() const { return body_ ? body_->first : StreamId{}; }
    StreamId max_deleted_id() const { return body_ ? body_->max_deleted : StreamId{}; }
    // Zero where there is none. It need not be the last id.
    StreamId last_entry_id() const;

    // An id greater than the last. Throws std::bad_alloc, like all that makes something longer, and
    // then has changed nothing.
    void append(const StreamId& id, FieldValues fields, const Limits& limits);
    // Whether there was one.
    bool erase(const StreamId& id);
    // Throws std::bad_alloc, and then has cut off less. How many entries.
    std::uint64_t trim(const Trim& how);

    // What an entry may not hold, because a node could not.
    static bool too_large(FieldValues fields);

    // A node that was made elsewhere, behind all others; false if its entries are not behind
    // theirs. The last id and the numbers of entries are still to be set.
    bool append_node(StreamNode node);
    // visit(node), in order.
    template <class Visit>
    void each_node(Visit&& visit) const
    {
        if (!body_) return;
        const Nodes& nodes = body_->nodes;
        for (auto node = nodes.begin(); node != nodes.end(); node = nodes.next(node))
            visit(nodes[node]);
    }

    void set_last_id(const StreamId& id) { body().last = id; }
    void set_entries_added(std::uint64_t count) { body().added = count; }
    void set_max_deleted_id(const StreamId& id) { body().max_deleted = id; }

    bool contains(const StreamId& id) const;
    // visit(entry) for those with ids from `first` to `last`, in this order or the other; it may
    // end the walk (visiting.hpp).
    template <class Visit>
    void each(const StreamId& first, const StreamId& last, Visit&& visit) const;
    template <class Visit>
    void each_backwards(const StreamId& first, const StreamId& last, Visit&& visit) const;

    using Groups = Directory<StreamGroup>;
    const Groups& groups() const { return body_ ? body_->groups : no_groups; }
    StreamGroup* find_group(std::string_view name) const { return find_named(groups(), name); }
    // Whether the name was free.
    bool add_group(std::string_view name, const StreamId& last, std::int64_t entries_read);
    bool remove_group(std::string_view name);

    // How many entries there ever were up to an id, or unknown; and how many a group has not read,
    // if that can be told.
    std::int64_t count_up_to(const StreamId& id) const;
    std::optional<std::int64_t> lag_of(const StreamGroup& group) const;
    // Takes note that a group has read the entry of an id.
    void note_read(StreamGroup& group, const StreamId& id) const;

    // Its nodes, and how many a radix tree of their ids has, as Redis keeps them. The second is
    // counted in a walk over the ids of all nodes.
    std::size_t node_count() const { return body_ ? body_->nodes.size() : 0; }
    std::size_t tree_node_count() const;

private:
    using Nodes = Ordered<StreamNode>;

    struct Body {
        Nodes nodes;
        std::uint64_t size = 0;
        std::uint64_t added = 0;
        std::uint64_t node_bytes = 0;
        StreamId first;
        StreamId last;
        StreamId max_deleted;
        Groups groups;
    };
    Body& body();
    // The node in which the entry of an id would be; end() where it would be before all.
    static Nodes::Place node_of(const Nodes& nodes, const StreamId& id);
    // visit(node, entry)
    template <class Visit>
    void walk(const StreamId& first, const StreamId& last, Visit&& visit) const;
    bool deleted_from(const StreamId& id) const;
    Nodes::Place drop(Nodes::Place node);
    std::uint64_t trim_within(StreamNode& node, const Trim& how);
    void note_first();

    static const Groups no_groups;
    std::unique_ptr<Body> body_;
};

// Redis' rule for when to stop: at an entry that is there and is behind the last. What was deleted
// may be out of order, once XSETID has taken the last id back.
template <class Visit>
void Stream::walk(const StreamId& first, const StreamId& last, Visit&& visit) const
{
    if (!body_) return;
    const Nodes& nodes = body_->nodes;
    auto node = node_of(nodes, first);
    if (node == nodes.end()) node = nodes.begin();
    for (; node != nodes.end(); node = nodes.next(node)) {
        const StreamNode& entries = nodes[node];
        for (auto place = entries.first(); place != entries.end();) {
            const StreamEntry entry = entries[place];
            if (!entry.deleted && entry.id >= first)
                if (entry.id > last || !goes_on(visit, node, entry)) return;
            place = entries.next(entry);
        }
    }
}

template <class Visit>
void Stream::each(const StreamId& first, const StreamId& last, Visit&& visit) const
{
    walk(first, last,
         [&](Nodes::Place, const StreamEntry& entry) { return goes_on(visit, entry); });
}

template <class Visit>
void Stream::each_backwards(const StreamId& first, const StreamId& last, Visit&& visit) const
{
    if (!body_) return;
    const Nodes& nodes = body_->nodes;
    auto node = node_of(nodes, last);
    if (node == nodes.end()) return;
    for (;; node = nodes.before(node)) {
        const StreamNode& entries = nodes[node];
        for (auto place = entries.last(); place != entries.end(); place = entries.before(place)) {
            const StreamEntry entry = entries[place];
            if (!entry.deleted && entry.id <= last)
                if (entry.id < first || !goes_on(visit, entry)) return;
        }
        if (node == nodes.begin()) return;
    }
}

}  // namespace mini_redis::values
