// A set: members, packed while it is small and all of them are integers.
//
// Small, it is an intset, and so sorted. Large, it is a table, 4 bytes and 10 to 15 bytes of slots
// for each member beside its text (redis-server: 24, 8 to 16, and the text's header).
#pragma once

#include "server/values/intset.hpp"
#include "server/values/listpack.hpp"
#include "server/values/members.hpp"
#include "server/values/two_forms.hpp"

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
    Owned<Member> twin() const { return Owned<Member>(create(key())); }
    template <class Visit>
    bool show(Visit&& visit) const
    {
        return goes_on(visit, Element(key()));
    }

private:
    explicit Member(std::uint32_t size) : size_(size) {}

    std::uint32_t size_;
};

extern template class Table<Member>;

class Set : public TwoForms<Set, Intset, Members<Member>> {
public:
    // What is still packed: so many integers.
    struct Limits {
        std::size_t integers;
    };

    std::size_t size() const { return packed() ? pack_.size() : large_->size(); }

    bool contains(std::string_view text) const;
    // Whether it was not there yet. Throws std::bad_alloc and then has changed nothing one sees.
    bool add(std::string_view text, const Limits& limits);
    bool erase(std::string_view text);
    // Becomes large if it has more members than that: it was made elsewhere.
    void fit(const Limits& limits);

    // visit(member) with an Element, for those in the pack or until it returns false.
    template <class Visit>
    void each_packed(Visit&& visit) const
    {
        for (std::size_t i = 0; i < pack_.size(); ++i)
            if (!goes_on(visit, Element(pack_[i]))) return;
    }
    template <class Visit>
    void packed_at(std::size_t index, Visit&& visit) const
    {
        visit(Element(pack_[index]));
    }

private:
    void spread();
};

}  // namespace mini_redis::values
