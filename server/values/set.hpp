// A set: members, packed while it is small and all of them are integers.
//
// Small, it is an intset, and so sorted. Large, it is a table, 4 bytes and 10 to 15 bytes of slots
// for each member beside its text (redis-server: 24, 8 to 16, and the text's header). It never
// becomes small again, as in Redis.
#pragma once

#include "server/values/held.hpp"
#include "server/values/intset.hpp"
#include "server/values/listpack.hpp"
#include "server/values/members.hpp"

#include <memory>
#include <string_view>

namespace mini_redis::values {

// A member of a large set.
class Member {
public:
    // Throws std::bad_alloc.
    static Member* create(std::string_view text);
    static void destroy(Member* member) noexcept;

    std::string_view key() const { return {reinterpret_cast<const char*>(this + 1), size_}; }
    std::size_t weight() const { return sizeof(Member) + size_; }

private:
    explicit Member(std::uint32_t size) : size_(size) {}

    std::uint32_t size_;
};

extern template class Table<Member>;

class Set {
public:
    // What is still packed: so many integers.
    struct Limits {
        std::size_t integers;
    };

    Set() = default;
    Set copy() const;

    // To be held by an entry, and back.
    Held release();
    static Set adopt(Held held);

    bool packed() const { return !table_; }
    std::size_t size() const { return packed() ? integers_.size() : table_->size(); }
    bool empty() const { return size() == 0; }
    // Bytes of memory; of a large one an estimate.
    std::size_t weight() const { return packed() ? integers_.weight() : table_->weight(); }

    bool contains(std::string_view text) const;
    // Whether it was not there yet. Throws std::bad_alloc and then has changed nothing one sees.
    bool add(std::string_view text, const Limits& limits);
    bool erase(std::string_view text);

    // visit(member) with an Element, for all or until it returns false.
    template <class Visit>
    void each(Visit&& visit) const;

    // Some of them, from a cursor on, which is 0 at the beginning and at the end. A member that is
    // there during a whole walk is visited once. A packed set is visited at once.
    using Cursor = std::uint64_t;
    template <class Visit>
    Cursor scan(Cursor from, std::size_t count, Visit&& visit) const;

    // One of them by chance, each as likely; there must be one. chance() returns 64 random bits.
    template <class Chance, class Visit>
    void draw(Chance&& chance, Visit&& visit) const;

    // What DUMP writes of a packed one.
    const Intset& integers() const { return integers_; }

private:
    void spread();

    Intset integers_;
    std::unique_ptr<Members<Member>> table_;  // when there is one, nothing is packed
};

template <class Visit>
void Set::each(Visit&& visit) const
{
    if (!packed())
        return table_->each(
            [&](const Member& member) { return goes_on(visit, Element(member.key())); });
    for (std::size_t i = 0; i < integers_.size(); ++i)
        if (!goes_on(visit, Element(integers_[i]))) return;
}

template <class Visit>
Set::Cursor Set::scan(Cursor from, std::size_t count, Visit&& visit) const
{
    if (!packed())
        return table_->scan(from, count,
                            [&](const Member& member) { visit(Element(member.key())); });
    each(visit);
    return 0;
}

template <class Chance, class Visit>
void Set::draw(Chance&& chance, Visit&& visit) const
{
    if (packed()) return visit(Element(integers_[chance() % size()]));
    visit(Element(table_->draw(chance).key()));
}

}  // namespace mini_redis::values
