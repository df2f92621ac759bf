// What hashes, sets and sorted sets have in common: a pack as long as they are small, then a
// structure. What is large does not become small again, as in Redis.
//
// A Pack is one block in Redis' own format. A Large consists of items that show() themselves as
// what the collection's each() visits with: elements, and scores. What is particular to a
// collection (Self) is how its pack is read, each_packed() and packed_at(), and how it is changed.
#pragma once

#include "server/values/held.hpp"
#include "server/values/visiting.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>

namespace mini_redis::values {

template <class Self, class Pack, class Large>
class TwoForms {
public:
    // Throws std::bad_alloc.
    Self copy() const
    {
        Self twin;
        if (packed())
            twin.pack_ = pack_.copy();
        else
            twin.large_ = large_->copy();
        return twin;
    }

    // To be held by an entry, and back.
    Held release()
    {
        if (packed()) return {pack_.release(), true};
        return {large_.release(), false};
    }
    static Self adopt(Held held)
    {
        Self self;
        if (held.packed)
            self.pack_ = Pack::adopt(static_cast<char*>(held.word));
        else
            self.large_.reset(static_cast<Large*>(held.word));
        return self;
    }

    bool packed() const { return !large_; }
    bool empty() const { return packed() ? pack_.empty() : large_->size() == 0; }
    // Bytes of memory; of a large one an estimate.
    std::size_t weight() const { return packed() ? pack_.weight() : large_->weight(); }

    // Ask for what finding the text of this keyed_hash() will need: first the slot, later the item.
    void prefetch_slot(std::uint64_t hash) const
    {
        if (!packed()) large_->prefetch_slot(hash);
    }
    void prefetch_item(std::uint64_t hash) const
    {
        if (!packed()) large_->prefetch_entry(hash);
    }

    // What DUMP writes of a packed one.
    const Pack& pack() const { return pack_; }

    // Visits all, or until visit() returns false.
    template <class Visit>
    void each(Visit&& visit) const
    {
        if (packed()) return self().each_packed(visit);
        large_->each([&](const auto& item) { return item.show(visit); });
    }

    // Some of them, from a cursor on, which is 0 at the beginning and at the end. What is there
    // during a whole walk is visited once. What is packed is visited at once.
    using Cursor = std::uint64_t;
    template <class Visit>
    Cursor scan(Cursor from, std::size_t count, Visit&& visit) const
    {
        if (!packed())
            return large_->scan(from, count, [&](const auto& item) { item.show(visit); });
        self().each_packed(visit);
        return 0;
    }

    // One of them by chance, each as likely; there must be one. chance() returns 64 random bits.
    template <class Chance, class Visit>
    void draw(Chance&& chance, Visit&& visit) const
    {
        if (packed()) return self().packed_at(chance() % self().size(), visit);
        large_->draw(chance).show(visit);
    }

protected:
    // Becomes large: add(large, ...) puts into it what each() visits with. Throws std::bad_alloc
    // and then has changed nothing.
    template <class Add>
    void spread(Add&& add)
    {
        auto large = std::make_unique<Large>();
        self().each_packed([&](const auto&... shown) { add(*large, shown...); });
        large_ = std::move(large);
        pack_ = Pack();
    }

    Pack pack_;
    std::unique_ptr<Large> large_;  // when there is one, nothing is packed

private:
    friend Self;
    TwoForms() = default;

    const Self& self() const { return static_cast<const Self&>(*this); }
};

}  // namespace mini_redis::values
