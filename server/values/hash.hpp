// A hash: fields and their values, packed while it is small.
//
// Small, it is a listpack of a field and its value in turn, in the order in which they came. Large,
// it is a table, 8 bytes and 10 to 15 bytes of slots for each field beside the two texts
// (redis-server: 24, 8 to 16, and a header of each text).
#pragma once

#include "server/values/listpack.hpp"
#include "server/values/members.hpp"
#include "server/values/two_forms.hpp"

#include <optional>
#include <string_view>

namespace mini_redis::values {

// A field of a large hash with its value, in one allocation.
class Field {
public:
    // Throws std::bad_alloc.
    static Field* create(std::string_view field, std::string_view value);
    static void destroy(Field* field) noexcept;

    std::string_view key() const { return {bytes(), key_size_}; }
    std::string_view value() const { return {bytes() + key_size_, value_size_}; }
    std::size_t weight() const { return sizeof(Field) + key_size_ + value_size_; }
    Owned<Field> twin() const { return Owned<Field>(create(key(), value())); }
    template <class Visit>
    bool show(Visit&& visit) const
    {
        return goes_on(visit, Element(key()), Element(value()));
    }

private:
    Field(std::uint32_t key_size, std::uint32_t value_size)
        : key_size_(key_size), value_size_(value_size)
    {
    }
    const char* bytes() const { return reinterpret_cast<const char*>(this + 1); }

    std::uint32_t key_size_;
    std::uint32_t value_size_;
};

extern template class Table<Field>;

class Hash : public TwoForms<Hash, Listpack, Members<Field>> {
public:
    // What is still packed: so many fields, and no text longer than this.
    struct Limits {
        std::size_t fields;
        std::size_t bytes;
    };

    std::size_t size() const { return packed() ? pack_.size() / 2 : large_->size(); }

    std::optional<Element> get(std::string_view field) const;

    // Whether the field is new. Throws std::bad_alloc and then has changed nothing that is seen.
    bool set(std::string_view field, std::string_view value, const Limits& limits);
    bool erase(std::string_view field);
    // Becomes large if such texts are to be set: Redis does so before it sets the first of them.
    void expect(std::string_view text, const Limits& limits);
    // Becomes large if it has more fields than that: it was made elsewhere.
    void fit(const Limits& limits);

    // visit(field, value) with an Element each, for those in the pack or until it returns
    // false.
    template <class Visit>
    void each_packed(Visit&& visit) const;
    template <class Visit>
    void packed_at(std::size_t index, Visit&& visit) const;

private:
    void spread();
};

template <class Visit>
void Hash::each_packed(Visit&& visit) const
{
    for (auto place = pack_.begin(); place != pack_.end();) {
        const auto value = pack_.next(place);
        if (!goes_on(visit, pack_[place], pack_[value])) return;
        place = pack_.next(value);
    }
}

template <class Visit>
void Hash::packed_at(std::size_t index, Visit&& visit) const
{
    const auto place = pack_.at(static_cast<std::int64_t>(index) * 2);
    visit(pack_[place], pack_[pack_.next(place)]);
}

}  // namespace mini_redis::values
