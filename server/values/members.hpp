// What a large collection consists of: items by their text, owned, in a table that keeps itself
// the right size.
#pragma once

#include "server/runtime/keyed_hash.hpp"
#include "server/values/table.hpp"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <new>
#include <string_view>

namespace mini_redis::values {

template <class Item>
struct DestroyItem {
    void operator()(Item* item) const noexcept { Item::destroy(item); }
};
// Until a table has it.
template <class Item>
using Owned = std::unique_ptr<Item, DestroyItem<Item>>;

// An Item is an Entry of Table that also has a weight() in bytes and a twin(): an Owned copy.
template <class Item>
class Members {
public:
    // Throws std::bad_alloc.
    std::unique_ptr<Members> copy() const
    {
        auto copied = std::make_unique<Members>();
        each([&](const Item& item) { copied->put(item.twin()); });
        return copied;
    }

    std::size_t size() const { return table_.size(); }

    // As of Table: ask for what find() will need of a text whose keyed_hash() this is.
    void prefetch_slot(std::uint64_t hash) const { table_.prefetch_slot(hash); }
    void prefetch_entry(std::uint64_t hash) const { table_.prefetch_entry(hash); }

    Item* find(std::string_view text) const { return find(runtime::keyed_hash(text), text); }

    // The item of `text`, or a new one that make() creates. Whether it is new. Throws
    // std::bad_alloc and then has changed nothing.
    template <class Make>
    bool add(std::string_view text, Make&& make)
    {
        const std::uint64_t hash = runtime::keyed_hash(text);
        if (find(hash, text)) return false;
        insert(hash, make());
        return true;
    }

    // What may fail about the next put().
    void make_room() { table_.make_room(); }

    // In place of the one of its text, if there is one. Whether it is new. Throws std::bad_alloc
    // and then has changed nothing.
    bool put(Owned<Item> item)
    {
        const std::uint64_t hash = runtime::keyed_hash(item->key());
        if (const auto place = table_.find(hash, item->key())) {
            const Owned<Item> replaced(place.entry());
            table_.replace(place, item.release());
            return false;
        }
        insert(hash, std::move(item));
        return true;
    }

    // Takes it out; null if it is not there.
    Owned<Item> take(std::string_view text)
    {
        const auto place = table_.find(runtime::keyed_hash(text), text);
        if (!place) return nullptr;
        Owned<Item> taken(table_.remove(place));
        shrink();
        return taken;
    }

    template <class Visit>
    void each(Visit&& visit) const
    {
        table_.each([&](Item& item) { return goes_on(visit, std::as_const(item)); });
    }

    // From a cursor on, which is 0 at the beginning and at the end; about `count` of them. One that
    // is there during a whole walk is visited once.
    using Cursor = std::uint64_t;
    template <class Visit>
    Cursor scan(Cursor from, std::size_t count, Visit&& visit) const
    {
        if (from >= Table<Item>::end) return 0;
        const std::size_t slots = std::clamp<std::size_t>(count, 1, table_.slots());
        const auto to = table_.scan(from, slots, [&](Item& item) { visit(std::as_const(item)); });
        return to == Table<Item>::end ? 0 : to;
    }

    // One by chance, each as likely; there must be one. chance() returns 64 random bits.
    template <class Chance>
    const Item& draw(Chance&& chance) const
    {
        for (;;)
            if (const auto place = table_.at(chance() % table_.slots())) return *place.entry();
    }

    // Bytes of memory: as many as if all weighed what some do.
    std::size_t weight() const
    {
        constexpr std::size_t sample_max = 16;
        std::size_t weighed = 0;
        std::size_t bytes = 0;
        for (std::size_t i = 0; i < table_.slots() && weighed < sample_max; ++i) {
            if (const auto place = table_.at(i)) {
                bytes += place.entry()->weight();
                ++weighed;
            }
        }
        if (weighed != 0) bytes = bytes * size() / weighed;
        return sizeof(*this) + table_.slots() * sizeof(std::uint64_t) + bytes;
    }

private:
    Item* find(std::uint64_t hash, std::string_view text) const
    {
        const auto place = table_.find(hash, text);
        return place ? place.entry() : nullptr;
    }

    void insert(std::uint64_t hash, Owned<Item> item)
    {
        table_.make_room();
        table_.insert(hash, item.release());
    }

    // An eighth of the slots is always in use, so that draw() finds one soon. (Where there is no
    // memory for fewer slots it stays as it is.)
    void shrink() noexcept
    {
        try {
            if (table_.growing() || table_.size() < table_.slots() / 8) table_.settle();
        } catch (const std::bad_alloc&) {
            return;
        }
    }

    Table<Item> table_;
};

}  // namespace mini_redis::values
