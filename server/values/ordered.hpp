// A sequence in the order of its ids, for what is added at the end and mostly taken from the front,
// but looked for, added and taken anywhere: a stream's nodes, the entries that are pending.
//
//   chunks   [ . . . | a | b | c | d ]        a directory; the front of it may be used up
//                      |
//                      +-> 3-0 3-1 7-2 ...    2 KB of items at most, in one block
//
// The idea: a sorted vector whose insertions move one chunk only. Appended items leave full chunks
// behind, so an item costs what it is large and 24 bytes for each 2 KB; others leave them half full
// at least. A search is two binary ones. To add or take one moves 2 KB, and now and then what is
// left of the directory: among ten million ids, one in 64 times, two megabytes at most. At the ends
// it moves nothing of the directory, but for what it grows by.
//
// An Item can be moved without failing and is an id or has one, `id`.
#pragma once

#include "server/values/stream_id.hpp"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <iterator>
#include <type_traits>
#include <utility>
#include <vector>

namespace mini_redis::values {

template <class Item>
class Ordered {
    static_assert(std::is_nothrow_move_constructible_v<Item>);
    static_assert(std::is_nothrow_move_assignable_v<Item>);

public:
    // Where an item stands: valid until the next change.
    struct Place {
        std::size_t chunk;
        std::size_t index;
        bool operator==(const Place&) const = default;
    };

    std::size_t size() const { return size_; }
    bool empty() const { return size_ == 0; }

    Place begin() const { return {front_, 0}; }
    Place end() const { return {chunks_.size(), 0}; }
    Place last() const { return before(end()); }
    Place next(Place place) const
    {
        return ++place.index < chunks_[place.chunk].size() ? place : Place{place.chunk + 1, 0};
    }
    // Not of the first.
    Place before(Place place) const
    {
        if (place.index != 0) return {place.chunk, place.index - 1};
        return {place.chunk - 1, chunks_[place.chunk - 1].size() - 1};
    }

    const Item& operator[](Place place) const { return chunks_[place.chunk][place.index]; }
    Item& operator[](Place place) { return chunks_[place.chunk][place.index]; }

    // The first whose id is not less; or end().
    Place from(const StreamId& id) const;
    // The item of an id, or null.
    const Item* find(const StreamId& id) const
    {
        const Place place = from(id);
        return place != end() && id_of((*this)[place]) == id ? &(*this)[place] : nullptr;
    }
    Item* find(const StreamId& id) { return const_cast<Item*>(std::as_const(*this).find(id)); }

    // An item whose id is not there yet. Throws std::bad_alloc and then has changed nothing.
    void insert(Item item);
    // Returns where the item behind it stands now.
    Place erase(Place place);
    bool erase(const StreamId& id)
    {
        const Place place = from(id);
        if (place == end() || id_of((*this)[place]) != id) return false;
        return erase(place), true;
    }

    // Bytes of memory, but for what the items own; an estimate.
    std::size_t weight() const
    {
        std::size_t bytes = chunks_.capacity() * sizeof(Chunk);
        if (!empty()) bytes += (chunks_.size() - front_ - 1) * chunk_max * sizeof(Item);
        return empty() ? bytes : bytes + chunks_.back().capacity() * sizeof(Item);
    }

private:
    using Chunk = std::vector<Item>;
    static constexpr std::size_t chunk_max = std::bit_floor(2048 / sizeof(Item));

    static StreamId id_of(const Item& item)
    {
        if constexpr (std::is_same_v<Item, StreamId>)
            return item;
        else
            return item.id;
    }

    auto at(std::size_t chunk) { return chunks_.begin() + static_cast<std::ptrdiff_t>(chunk); }
    static auto at(Chunk& chunk, std::size_t index)
    {
        return chunk.begin() + static_cast<std::ptrdiff_t>(index);
    }
    void add_chunk();
    void split(std::size_t chunk);
    void drop_chunk(std::size_t chunk);
    void merge(std::size_t chunk);

    std::vector<Chunk> chunks_;  // none from front_ on is empty
    std::size_t front_ = 0;
    std::size_t size_ = 0;
};

template <class Item>
Ordered<Item>::Place Ordered<Item>::from(const StreamId& id) const
{
    const auto ends_before = [&](const Chunk& chunk) { return id_of(chunk.back()) < id; };
    const auto chunk = std::partition_point(chunks_.begin() + static_cast<std::ptrdiff_t>(front_),
                                            chunks_.end(), ends_before);
    if (chunk == chunks_.end()) return end();
    const auto item = std::partition_point(chunk->begin(), chunk->end(),
                                           [&](const Item& one) { return id_of(one) < id; });
    return {static_cast<std::size_t>(chunk - chunks_.begin()),
            static_cast<std::size_t>(item - chunk->begin())};
}

template <class Item>
void Ordered<Item>::insert(Item item)
{
    Place place = from(id_of(item));
    if (place == end()) {
        if (empty() || chunks_.back().size() == chunk_max) add_chunk();
        try {
            chunks_.back().push_back(std::move(item));
        } catch (...) {
            if (chunks_.back().empty()) chunks_.pop_back();
            throw;
        }
    } else {
        if (chunks_[place.chunk].size() == chunk_max) {
            split(place.chunk);
            place = from(id_of(item));
        }
        Chunk& chunk = chunks_[place.chunk];
        chunk.insert(at(chunk, place.index), std::move(item));
    }
    ++size_;
}

template <class Item>
Ordered<Item>::Place Ordered<Item>::erase(Place place)
{
    Chunk& chunk = chunks_[place.chunk];
    chunk.erase(at(chunk, place.index));
    --size_;
    if (chunk.empty()) {
        const bool was_first = place.chunk == front_;
        drop_chunk(place.chunk);
        return was_first ? begin() : Place{place.chunk, 0};
    }
    merge(place.chunk);
    return place.index < chunks_[place.chunk].size() ? place : Place{place.chunk + 1, 0};
}

template <class Item>
void Ordered<Item>::add_chunk()
{
    if (front_ == chunks_.size()) {
        chunks_.clear();
        front_ = 0;
    }
    chunks_.emplace_back();
}

// In two halves.
template <class Item>
void Ordered<Item>::split(std::size_t chunk)
{
    Chunk second;
    second.reserve(chunk_max);
    chunks_.insert(at(chunk + 1), Chunk());
    Chunk& first = chunks_[chunk];
    const auto half = at(first, chunk_max / 2);
    second.assign(std::move_iterator(half), std::move_iterator(first.end()));
    first.erase(half, first.end());
    chunks_[chunk + 1] = std::move(second);
}

// Those in front are left behind until they are half of the directory.
template <class Item>
void Ordered<Item>::drop_chunk(std::size_t chunk)
{
    if (chunk != front_) {
        chunks_.erase(at(chunk));
        return;
    }
    const Chunk let_go = std::move(chunks_[chunk]);
    if (++front_ == chunks_.size()) {
        chunks_.clear();
        front_ = 0;
    } else if (front_ > chunks_.size() / 2) {
        chunks_.erase(chunks_.begin(), at(front_));
        front_ = 0;
    }
}

// With the chunk behind it, where the two of them fill half of one.
template <class Item>
void Ordered<Item>::merge(std::size_t chunk)
{
    if (chunk + 1 >= chunks_.size()) return;
    Chunk& first = chunks_[chunk];
    Chunk& second = chunks_[chunk + 1];
    const std::size_t both = first.size() + second.size();
    if (both > chunk_max / 2 || both > first.capacity()) return;
    first.insert(first.end(), std::move_iterator(second.begin()), std::move_iterator(second.end()));
    chunks_.erase(at(chunk + 1));
}

}  // namespace mini_redis::values
