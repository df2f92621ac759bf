// Searching, adding, removing, and moving from one array of slots to the next.
#pragma once

#include "server/values/table.hpp"

#include <algorithm>
#include <cassert>
#include <cstdlib>
#include <new>

namespace mini_redis::values {

template <class Entry>
Table<Entry>::~Table()
{
    each([](Entry& entry) { Entry::destroy(&entry); });
    free_slots();
}

template <class Entry>
Table<Entry>::Place Table<Entry>::find_in(const Slots& slots, Hash hash, std::string_view key)
{
    // Book: table/slots. A search touches an entry only when sixteen bits of its hash are right.
    const std::uint64_t tag = tag_of(hash);
    for (std::size_t index = slots.home(hash);; index = slots.next(index)) {
        const std::uint64_t slot = slots.slots[index];
        if (slot == 0) return {};
        if (slot >> 48 == tag && live(slot) && entry_of(slot)->key() == key)
            return Place(slots.slots + index);
    }
}

template <class Entry>
Table<Entry>::Place Table<Entry>::find(Hash hash, std::string_view key) const
{
    return now_.slots ? find_in(part_of(hash), hash, key) : Place{};
}

template <class Entry>
void Table<Entry>::prefetch_entry(Hash hash) const
{
    if (!now_.slots) return;
    const Slots& slots = part_of(hash);
    const std::uint64_t tag = tag_of(hash);
    for (std::size_t index = slots.home(hash);; index = slots.next(index)) {
        const std::uint64_t slot = slots.slots[index];
        if (slot == 0) return;
        if (slot >> 48 == tag) return __builtin_prefetch(entry_of(slot));
    }
}

template <class Entry>
std::uint64_t* Table<Entry>::put(Slots& slots, Hash hash, std::uint64_t value)
{
    std::size_t index = slots.home(hash);
    while (live(slots.slots[index])) index = slots.next(index);
    if (slots.slots[index] == 0) ++slots.used;
    slots.slots[index] = value;
    return slots.slots + index;
}

// A slot may be forgotten where no search has to pass it; otherwise it becomes a grave.
template <class Entry>
void Table<Entry>::bury(Slots& slots, std::uint64_t* slot)
{
    auto index = static_cast<std::size_t>(slot - slots.slots);
    *slot = grave;
    if (slots.slots[slots.next(index)] != 0) return;
    while (slots.slots[index] == grave) {
        slots.slots[index] = 0;
        --slots.used;
        index = index == 0 ? slots.capacity - 1 : index - 1;
    }
}

template <class Entry>
void Table<Entry>::make_room()
{
    if (!now_.full()) return;
    // Mostly graves: the same size again. Otherwise half as much more.
    const std::uint32_t wanted = size_ * 2 < now_.capacity ? now_.capacity : now_.capacity / 2 * 3;
    resize(std::max(wanted, capacity_min));
}

template <class Entry>
Table<Entry>::Place Table<Entry>::insert(Hash hash, Entry* entry)
{
    if (growing()) move_some(step());
    ++size_;
    if (expiry_of(entry)) ++expiring_;
    return Place(put(part_of(hash), hash, slot_of(hash, entry)));
}

template <class Entry>
void Table<Entry>::replace(Place place, Entry* entry)
{
    const std::uint64_t old = *place.slot_;
    const std::uint64_t tag = old >> 48 << 48;
    const std::uint64_t expires = expiry_of(entry);
    expiring_ = static_cast<std::uint32_t>(expiring_ + expires - (old & expires_bit));
    *place.slot_ = tag | reinterpret_cast<std::uint64_t>(entry) | expires;
}

template <class Entry>
Entry* Table<Entry>::remove(Place place)
{
    const std::uint64_t slot = *place.slot_;
    const bool in_now = place.slot_ >= now_.slots && place.slot_ < now_.slots + now_.capacity;
    bury(in_now ? now_ : before_, place.slot_);
    --size_;
    if (slot & expires_bit) --expiring_;
    return entry_of(slot);
}

template <class Entry>
void Table<Entry>::settle()
{
    if (size_ == 0) return free_slots();
    if (growing()) return move_some(512);
    // To a third, not to less: what is left and what is inserted meanwhile must not fill the new
    // slots before all old ones have moved, sixteen with each insertion.
    if (now_.capacity > capacity_min && size_ < now_.capacity / 8)
        resize(std::max(now_.capacity / 3, capacity_min));
}

template <class Entry>
void Table<Entry>::free_slots()
{
    std::free(std::exchange(now_, Slots{}).slots);
    std::free(std::exchange(before_, Slots{}).slots);
}

template <class Entry>
void Table<Entry>::resize(std::uint32_t capacity)
{
    assert(!growing());
    before_ = std::exchange(now_, Slots{});
    now_.slots = static_cast<std::uint64_t*>(std::calloc(capacity, sizeof(std::uint64_t)));
    if (!now_.slots) {
        now_ = std::exchange(before_, Slots{});
        throw std::bad_alloc();
    }
    now_.capacity = capacity;
    if (before_.used == 0) return std::free(std::exchange(before_, Slots{}).slots);
    to_move_ = before_.capacity;
    next_to_move_ = 0;
    while (before_.slots[next_to_move_] != 0) ++next_to_move_;
}

// As far as a free slot: what stands behind one has its home behind it, too. Some may even stand
// behind the free slot that was the first, pushed there since.
// Book: table/growing. Keys move in the order of their positions, so one search finds any of them.
template <class Entry>
void Table<Entry>::move_some(std::uint32_t count)
{
    const std::uint32_t stop = to_move_ - std::min(count, to_move_);
    while (to_move_ > stop || before_.slots[next_to_move_] != 0) {
        prefetch_ahead(before_, next_to_move_);  // its key is hashed soon
        const std::uint64_t slot = std::exchange(before_.slots[next_to_move_], 0);
        if (live(slot)) put(now_, runtime::keyed_hash(entry_of(slot)->key()), slot);
        next_to_move_ = static_cast<std::uint32_t>(before_.next(next_to_move_));
        if (to_move_ > 0) --to_move_;
    }
    if (to_move_ == 0) std::free(std::exchange(before_, Slots{}).slots);
}

}  // namespace mini_redis::values
