// A hash: fields and their values, packed while it is small.
//
// Small, it is a listpack of a field and its value in turn, in the order in which they came. Large,
// it is a table, 8 bytes and 10 to 15 bytes of slots for each field beside the two texts
// (redis-server: 24, 8 to 16, and a header of each text). It never becomes small again, as in
// Redis.
#pragma once

#include "server/values/held.hpp"
#include "server/values/listpack.hpp"
#include "server/values/members.hpp"

#include <memory>
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

class Hash {
public:
    // What is still packed: so many fields, and no text longer than this.
    struct Limits {
        std::size_t fields;
        std::size_t bytes;
    };

    Hash() = default;
    Hash copy() const;

    // To be held by an entry, and back.
    Held release();
    static Hash adopt(Held held);

    bool packed() const { return !table_; }
    std::size_t size() const { return packed() ? pack_.size() / 2 : table_->size(); }
    bool empty() const { return packed() ? pack_.empty() : table_->size() == 0; }
    // Bytes of memory; of a large one an estimate.
    std::size_t weight() const;

    std::optional<Element> get(std::string_view field) const;

    // Whether the field is new. Throws std::bad_alloc and then has changed nothing that is seen.
    bool set(std::string_view field, std::string_view value, const Limits& limits);
    bool erase(std::string_view field);
    // Becomes large if such texts are to be set: Redis does so before it sets the first of them.
    void expect(std::string_view text, const Limits& limits);

    // visit(field, value) with an Element each, for all.
    template <class Visit>
    void each(Visit&& visit) const;

    // Some of them, from a cursor on, which is 0 at the beginning and at the end. A field that is
    // there during a whole walk is visited once. A packed hash is visited at once.
    using Cursor = std::uint64_t;
    template <class Visit>
    Cursor scan(Cursor from, std::size_t count, Visit&& visit) const;

    // One of them by chance, each as likely; there must be one. chance() returns 64 random bits.
    template <class Chance, class Visit>
    void draw(Chance&& chance, Visit&& visit) const;

    // What DUMP writes of a packed one.
    const Listpack& pack() const { return pack_; }

private:
    using Fields = Members<Field>;

    void spread();

    Listpack pack_;
    std::unique_ptr<Fields> table_;  // when there is one, nothing is packed
};

template <class Visit>
void Hash::each(Visit&& visit) const
{
    if (!packed())
        return table_->each(
            [&](const Field& field) { visit(Element(field.key()), Element(field.value())); });
    for (auto place = pack_.begin(); place != pack_.end();) {
        const auto value = pack_.next(place);
        visit(pack_[place], pack_[value]);
        place = pack_.next(value);
    }
}

template <class Visit>
Hash::Cursor Hash::scan(Cursor from, std::size_t count, Visit&& visit) const
{
    if (packed()) {
        each(visit);
        return 0;
    }
    return table_->scan(from, count, [&](const Field& field) {
        visit(Element(field.key()), Element(field.value()));
    });
}

template <class Chance, class Visit>
void Hash::draw(Chance&& chance, Visit&& visit) const
{
    if (!packed()) {
        const Field& field = table_->draw(chance);
        return visit(Element(field.key()), Element(field.value()));
    }
    const auto place = pack_.at(static_cast<std::int64_t>(chance() % size()) * 2);
    visit(pack_[place], pack_[pack_.next(place)]);
}

}  // namespace mini_redis::values
