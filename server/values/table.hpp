// Entries by their keys: open addressing over eight-byte slots, growing in steps. A shard's keys, a
// hash's fields and a set's members are all kept so.
//
//   slot   63        48 47                                   1  0
//          +-----------+-------------------------------------+---+     0  never used
//          |    tag    |          address of an entry       | x |     2  a grave: was used
//          +-----------+-------------------------------------+---+     x  the entry expires
//
// A lookup compares tags and touches an entry only when its tag fits, so a miss costs no cache line
// but the slots'. A slot's place is its hash's share of the capacity, which need not be a power of
// two; therefore the table grows by a half and keeps 53 to 80 % of its slots in use (a large one 61
// to 67 %), and therefore growing never reorders the keys: SCAN's cursor is a position in hash
// space, valid in any size.
//
// To grow is to allocate the new slots and to move some old ones with each insertion, in the order
// of their positions. So each position is, at any time, either in the old slots or in the new ones:
// one search finds a key, and the new slots' pages are first touched one after the other, not one
// by each insertion. The table owns its entries. It does no locking.
//
// An Entry has key(), a std::string_view; expires(), where that can be; and a static destroy().
// Who uses a new kind of entry instantiates the rest (table_definitions.hpp).
#pragma once

#include "server/runtime/keyed_hash.hpp"
#include "server/values/visiting.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

namespace mini_redis::values {

template <class Entry>
class Table {
public:
    // As runtime::keyed_hash() makes it of a key:
    //
    //   63 ............ 32 | 31 .. 26 | 25 ....... 10 | 9 ...... 0
    //        position      |  unused  | tag of a slot |  unused
    using Hash = std::uint64_t;

    // Where an entry hangs. Valid until the next insertion or removal.
    class Place {
    public:
        Place() = default;
        explicit operator bool() const { return slot_ != nullptr; }
        Entry* entry() const { return Table::entry_of(*slot_); }

    private:
        friend class Table;
        explicit Place(std::uint64_t* slot) : slot_(slot) {}
        std::uint64_t* slot_ = nullptr;
    };

    Table() = default;
    ~Table();
    Table(const Table&) = delete;
    Table& operator=(const Table&) = delete;

    std::size_t size() const { return size_; }
    std::size_t expiring() const { return expiring_; }
    std::size_t slots() const { return now_.capacity + before_.capacity; }
    bool growing() const { return before_.slots != nullptr; }

    Place find(Hash hash, std::string_view key) const;

    // What hangs at one of the slots(), if anything, or if anything with an expiry.
    enum class Among : bool { all, expiring };
    Place at(std::size_t index, Among among = Among::all) const;

    // To be called before each insert(). Throws std::bad_alloc.
    void make_room();
    // Adds a key that is not there. Takes the entry over.
    Place insert(Hash hash, Entry* entry);

    // Hangs another entry of the same key where one was, or the same after its expiry came or went.
    void replace(Place place, Entry* entry);

    // Takes the entry out; the caller owns it.
    Entry* remove(Place place);

    // A cursor into hash space: all 2^32 positions have been passed once it reaches `end`.
    using Position = std::uint64_t;
    static constexpr Position end = Position{1} << 32;

    // Visits every entry whose position lies in [from, returned), about `count` slots' worth. A key
    // that is there during a whole iteration is visited exactly once, however the table grows.
    template <class Visit>
    Position scan(Position from, std::size_t count, Visit&& visit) const;

    // Visits every entry, in no particular order, or until `visit` returns false. It may destroy
    // one only with the table.
    template <class Visit>
    void each(Visit&& visit) const;

    // Visits up to `count` slots from `cursor` on, and of those the keys that have an expiry;
    // `visit` says whether to remove the key, which `dispose` then has. Returns the new cursor, 0
    // after the last slot.
    template <class Visit, class Dispose>
    std::size_t sweep(std::size_t cursor, std::size_t count, Visit&& visit, Dispose&& dispose);

    // What time is found for between commands: moves on, begins to shrink when nearly empty, holds
    // no slots when empty.
    void settle();

    // Ask for the cache lines that find() will need: first the slots, later the entry itself.
    void prefetch_slot(Hash hash) const
    {
        if (!now_.slots) return;
        const Slots& part = part_of(hash);
        __builtin_prefetch(part.slots + part.home(hash));
    }
    void prefetch_entry(Hash hash) const;

private:
    static std::uint64_t tag_of(Hash hash) { return (hash >> 10) & 0xffff; }
    // A fraction of the table in 2^-32: growing a table never changes the order of its keys, which
    // is what SCAN's cursor rests on.
    static std::uint32_t position_of(Hash hash) { return static_cast<std::uint32_t>(hash >> 32); }

    struct Slots {
        std::uint64_t* slots = nullptr;
        std::uint32_t capacity = 0;
        std::uint32_t used = 0;  // entries and graves

        std::size_t home(Hash hash) const { return place_of(position_of(hash)); }
        // Book: table/order. A place is a share of the capacity, and growing reorders nothing.
        std::size_t place_of(Position position) const { return (position * capacity) >> 32; }
        std::size_t next(std::size_t index) const { return index + 1 == capacity ? 0 : index + 1; }
        bool large() const { return capacity >= 1U << 16; }
        bool full() const
        {
            const std::uint64_t next = used + std::uint64_t{1};
            return large() ? next * 3 > capacity * std::uint64_t{2}
                           : next * 5 > capacity * std::uint64_t{4};
        }
    };

    static constexpr std::uint64_t grave = 2;
    static constexpr std::uint64_t expires_bit = 1;
    static constexpr std::uint32_t capacity_min = 8;
    static constexpr std::size_t lookahead = 16;

    static constexpr std::uint64_t address_mask = 0x0000'ffff'ffff'fffe;
    static bool live(std::uint64_t slot) { return (slot & address_mask & ~grave) != 0; }
    static Entry* entry_of(std::uint64_t slot)
    {
        return reinterpret_cast<Entry*>(slot & address_mask);  // NOLINT(performance-no-int-to-ptr)
    }
    static std::uint64_t expiry_of(const Entry* entry)
    {
        if constexpr (requires { entry->expires(); })
            return entry->expires() ? expires_bit : 0;
        else
            return 0;
    }
    static std::uint64_t slot_of(Hash hash, const Entry* entry)
    {
        return tag_of(hash) << 48 | reinterpret_cast<std::uint64_t>(entry) | expiry_of(entry);
    }

    static Place find_in(const Slots& slots, Hash hash, std::string_view key);
    static std::uint64_t* put(Slots& slots, Hash hash, std::uint64_t value);
    static void bury(Slots& slots, std::uint64_t* slot);

    template <class Visit>
    static void scan_in(const Slots& slots, Position from, Position to, Visit&& visit);

    bool has_moved(Hash hash) const
    {
        const std::size_t home = before_.home(hash);
        const std::size_t round = home < next_to_move_ ? before_.capacity : 0;
        return home + round - next_to_move_ >= to_move_;
    }
    // Where a key is, or is to be.
    const Slots& part_of(Hash hash) const { return growing() && !has_moved(hash) ? before_ : now_; }
    Slots& part_of(Hash hash) { return const_cast<Slots&>(std::as_const(*this).part_of(hash)); }

    // Slots to move with an insertion. A large table's keys are nowhere near the cache, and to hash
    // them is what an insertion then waits for: so they are moved few at a time, which takes a
    // quarter as many insertions as there are slots, and for those the room has to last.
    std::uint32_t step() const
    {
        return before_.large() && now_.capacity > before_.capacity ? 4 : 16;
    }

    void resize(std::uint32_t capacity);
    void move_some(std::uint32_t count);
    void free_slots();

    // For walks from entry to entry: those to come are on their way into the cache.
    void prefetch_ahead(std::size_t index) const
    {
        if (index + lookahead >= slots()) return;
        if (const Place place = at(index + lookahead, Among::expiring))
            __builtin_prefetch(place.entry());
    }
    static void prefetch_ahead(const Slots& part, std::size_t index)
    {
        if (index + lookahead >= part.capacity) return;
        if (const std::uint64_t slot = part.slots[index + lookahead]; live(slot))
            __builtin_prefetch(entry_of(slot));
    }

    Slots now_;
    Slots before_;  // the smaller or larger one that is being emptied; no slots when there is none
    // Slots of before_: they are moved round it, from the first that was free.
    std::uint32_t next_to_move_ = 0;
    std::uint32_t to_move_ = 0;
    std::uint32_t size_ = 0;
    std::uint32_t expiring_ = 0;
};

template <class Entry>
Table<Entry>::Place Table<Entry>::at(std::size_t index, Among among) const
{
    std::uint64_t* slot =
        index < now_.capacity ? now_.slots + index : before_.slots + (index - now_.capacity);
    const bool wanted = among == Among::all || *slot & expires_bit;
    return wanted && live(*slot) ? Place(slot) : Place{};
}

template <class Entry>
template <class Visit>
void Table<Entry>::each(Visit&& visit) const
{
    for (const Slots* part : {&now_, &before_}) {
        const std::uint64_t* const slots = part->slots;
        for (std::size_t i = 0; i < part->capacity; ++i) {
            prefetch_ahead(*part, i);
            if (live(slots[i]) && !goes_on(visit, *entry_of(slots[i]))) return;
        }
    }
}

template <class Entry>
template <class Visit>
void Table<Entry>::scan_in(const Slots& slots, Position from, Position to, Visit&& visit)
{
    if (!slots.slots) return;
    // Keys stand at their home or behind it, never past a free slot: so walk to the end of the
    // range, and on to the first free slot for those of the range that were pushed out of it.
    const std::size_t first = slots.place_of(from);
    const std::size_t last = slots.place_of(to - 1);
    std::size_t index = first;
    for (std::size_t walked = 0; walked < slots.capacity; ++walked, index = slots.next(index)) {
        const std::uint64_t slot = slots.slots[index];
        if (slot == 0 && walked >= last - first) return;
        if (!live(slot)) continue;
        Entry* entry = entry_of(slot);
        const Position position = position_of(runtime::keyed_hash(entry->key()));
        if (position >= from && position < to) visit(*entry);
    }
}

template <class Entry>
template <class Visit>
Table<Entry>::Position Table<Entry>::scan(Position from, std::size_t count, Visit&& visit) const
{
    if (!now_.slots) return end;
    const std::size_t stop = now_.place_of(from) + count;
    const Position to =
        stop >= now_.capacity ? end : ((Position{stop} << 32) + now_.capacity - 1) / now_.capacity;
    scan_in(now_, from, to, visit);
    scan_in(before_, from, to, visit);
    return to;
}

template <class Entry>
template <class Visit, class Dispose>
std::size_t Table<Entry>::sweep(std::size_t cursor, std::size_t count, Visit&& visit,
                                Dispose&& dispose)
{
    for (; cursor < slots() && count > 0; ++cursor, --count) {
        prefetch_ahead(cursor);
        const Place place = at(cursor, Among::expiring);
        if (place && visit(*place.entry())) dispose(remove(place));
    }
    return cursor < slots() ? cursor : 0;
}

}  // namespace mini_redis::values
