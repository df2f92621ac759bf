// Some entries of a stream, one after the other, in one listpack.
//
//   node    = live:int deleted:int n:int *field 0 *entry       n fields, those of its first entry
//   entry   = flags:int ms:int seq:int ( values | fields ) size:int
//   values  = n *value                                         flags & 2: has the node's fields
//   fields  = n:int n*( field value )                          else
//
//   flags     1, deleted; 2, see above
//   ms, seq   the entry's id, less the node's
//   size      how many elements stand before this one, in the entry; for walking backwards
//
// The format is Redis' own, because DUMP hands it to redis-server as it is. The idea: entries that
// follow each other have near ids and mostly the same fields, so neither is kept twice. What is
// deleted is only marked; a node goes as a whole, when nothing in it is live.
//
// How many entries a node may have is its stream's business.
#pragma once

#include "server/values/listpack.hpp"
#include "server/values/stream_id.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace mini_redis::values {

// Fields and values in turn.
using FieldValues = std::span<const std::string_view>;

class StreamNode;

// An entry as it lies in a node: valid until the next change of its stream.
class StreamEntry {
public:
    using Place = Listpack::Place;

    StreamId id;
    bool deleted = false;

    std::size_t size() const { return size_; }
    // visit(field, value) with an Element each.
    template <class Visit>
    void each(Visit&& visit) const;

private:
    friend class StreamNode;

    const StreamNode* node_ = nullptr;
    Place at_ = 0;     // in the node
    Place first_ = 0;  // its first value, or field
    std::size_t size_ = 0;
    bool has_node_fields_ = false;
};

class StreamNode {
public:
    using Place = StreamEntry::Place;

    // With a first entry. Throws std::bad_alloc.
    StreamNode(const StreamId& first, FieldValues fields);
    // Of a block that was made elsewhere. Nothing if it is no node, or those of its entries that
    // are not deleted are not in order.
    static std::optional<StreamNode> of(const StreamId& first, Listpack pack);
    StreamNode copy() const { return StreamNode(id, pack_.copy()); }

    std::size_t live() const { return static_cast<std::size_t>(counts().live); }
    // Deleted ones, too.
    std::size_t size() const;
    std::uint32_t bytes() const { return pack_.bytes(); }

    // Where entries stand, deleted ones, too: there is one at least. Behind the last, and before
    // the first, is end().
    Place first() const;
    Place last() const { return before(pack_.end()); }
    Place end() const { return pack_.end(); }
    Place next(const StreamEntry& entry) const;
    Place before(Place place) const;
    StreamEntry operator[](Place place) const;
    // The first that is not deleted.
    std::optional<StreamId> first_live() const;

    // Both may throw std::bad_alloc, and then have changed nothing. Of an entry that is not
    // deleted; where it stands now.
    void append(const StreamId& entry, FieldValues fields);
    Place erase(const StreamEntry& entry);

    // What DUMP writes.
    const Listpack& pack() const { return pack_; }

    StreamId id;  // of the first entry that was in it

private:
    friend class StreamEntry;

    StreamNode(const StreamId& first, Listpack pack) : id(first), pack_(std::move(pack)) {}

    struct Counts {
        std::int64_t live;
        std::int64_t deleted;
    };
    Counts counts() const;
    bool is_one() const;
    bool is_in_order() const;
    Place field_count_place() const { return pack_.next(pack_.next(pack_.begin())); }
    Place first_field() const { return pack_.next(field_count_place()); }
    bool has_fields_of(FieldValues fields) const;

    Listpack pack_;
};

template <class Visit>
void StreamEntry::each(Visit&& visit) const
{
    const Listpack& pack = node_->pack_;
    Place place = first_;
    Place field = has_node_fields_ ? node_->first_field() : place;
    for (std::size_t i = 0; i < size_; ++i) {
        if (has_node_fields_) {
            visit(pack[field], pack[place]);
            field = pack.next(field);
        } else {
            const Place value = pack.next(place);
            visit(pack[place], pack[value]);
            place = value;
        }
        place = pack.next(place);
    }
}

}  // namespace mini_redis::values
