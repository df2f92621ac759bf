// One key with its value, in one allocation.
//
//   0        3     4         6            8
//   +--------+-----+---------+------------+--------+----------+---------+------------------+
//   | clock  |t  e | key     | x | value  | expiry | key size |   key   |      value       |
//   | 24     |4  4 | size 16 | 1 | size 14| 8, if x| 8, if key|         | text, or integer,|
//   |        |     |         |   |        |        | >= 65535 |         | or a pointer     |
//   +--------+-----+---------+------------+--------+----------+---------+------------------+
//
// The idea: a key of 16 bytes with a value of 32 and an expiry is 64 bytes, one cache line, so one
// miss finds everything. An entry always occupies exactly allocation_size(of its parts), so its
// weight need not be stored. It knows nothing of tables and locks; its owner holds it by pointer.
#pragma once

#include "server/values/held.hpp"

#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>
#include <string_view>

namespace mini_redis::keyspace {

// Redis' own numbers, as RDB files and modules know them.
enum class Type : std::uint8_t {
    string = 0,
    list = 1,
    set = 2,
    sorted_set = 3,
    hash = 4,
    stream = 6
};

// How a value is held. `embedded` and `raw` lie inside the entry and differ only in the name that
// OBJECT ENCODING gives them; `large` is a pointer to a LargeString. The rest are collections,
// which an entry holds by a word whose meaning is theirs (values/held.hpp).
enum class Encoding : std::uint8_t { integer, embedded, raw, large, packed, spread };

using Milliseconds = std::int64_t;
inline constexpr Milliseconds no_expiry = -1;

// Text that is too long to lie beside its key; room to append.
struct LargeString {
    std::uint64_t size;
    std::uint64_t capacity;

    char* data() { return reinterpret_cast<char*>(this + 1); }
    const char* data() const { return reinterpret_cast<const char*>(this + 1); }

    static LargeString* create(std::size_t size, std::size_t capacity);
    static void destroy(LargeString* text) noexcept;

    struct Destroy {
        void operator()(LargeString* text) const noexcept { destroy(text); }
    };
    // Until an entry has it.
    using Owned = std::unique_ptr<LargeString, Destroy>;
    static Owned of(std::string_view text);
};

class Entry {
public:
    static constexpr std::size_t inline_value_max = 4096;
    static constexpr std::size_t embedded_max = 44;  // Redis' limit for "embstr"

    struct Shape {
        Type type = Type::string;
        Encoding encoding = Encoding::raw;
        bool expires = false;
        std::size_t value_size = 0;  // of a value inside the entry; others take a word
        bool operator==(const Shape&) const = default;
    };

    // How Redis keeps a string of its own accord: as an integer if it is the text of one, else as
    // text in this shape.
    static std::optional<std::int64_t> integer_of(std::string_view text);
    static Shape shape_of(std::string_view text);

    // A new entry; its value is left for the caller to fill in, its expiry is not set.
    static Entry* create(std::string_view key, Shape shape);
    static void destroy(Entry* entry) noexcept;

    // The same key, clock and expiry in another shape; the value's bytes are kept as far as both
    // shapes have them. Consumes `entry`, which may be what it returns.
    static Entry* reshape(Entry* entry, Shape shape);

    // The same value, clock and expiry under another key: a copy of the value, or the value itself,
    // and then one of the two is to be given up, which leaves the value to the other.
    static Entry* copy(const Entry& entry, std::string_view key);
    static Entry* twin(const Entry& entry, std::string_view key);
    static void give_up(Entry* entry) noexcept;

    Type type() const { return static_cast<Type>(type_); }
    Encoding encoding() const { return static_cast<Encoding>(encoding_); }
    void set_encoding(Encoding encoding) { encoding_ = static_cast<std::uint8_t>(encoding) & 15U; }
    Shape shape() const { return {type(), encoding(), expires(), value_size_}; }

    std::string_view key() const { return {bytes() + key_offset(), key_size()}; }

    bool expires() const { return expires_ != 0; }
    Milliseconds expiry() const { return expires() ? load<Milliseconds>(bytes()) : no_expiry; }
    void set_expiry(Milliseconds at) { std::memcpy(bytes(), &at, sizeof at); }
    // A key lives through the millisecond it expires at (keyIsExpired in Redis 7.0: now > when).
    bool expired(Milliseconds now) const { return expires() && expiry() < now; }

    // 24 bits whose meaning is the eviction policy's (eviction.hpp).
    std::uint32_t clock() const { return clock_; }
    void set_clock(std::uint32_t clock) { clock_ = clock & 0xffffffU; }

    // The value's place; which of the next four applies is the encoding's to say.
    char* value() { return bytes() + value_offset(); }
    const char* value() const { return bytes() + value_offset(); }
    std::string_view inline_text() const { return {value(), value_size_}; }
    std::int64_t integer() const { return load<std::int64_t>(value()); }
    void set_integer(std::int64_t number) { std::memcpy(value(), &number, sizeof number); }
    LargeString* large() const { return load<LargeString*>(value()); }
    void set_large(LargeString* text) { std::memcpy(value(), &text, sizeof text); }

    values::Held held() const { return {load<void*>(value()), encoding() == Encoding::packed}; }
    void hold(values::Held held)
    {
        set_encoding(held.packed ? Encoding::packed : Encoding::spread);
        std::memcpy(value(), &held.word, sizeof held.word);
    }

    // What an entry owns elsewhere: for who replaces its value, to destroy once that is done.
    struct Outside {
        Type type;
        Encoding encoding;
        void* word;  // null where the value is inside the entry

        void destroy() const noexcept;
        std::size_t weight() const;
        bool costly_to_free() const;
    };
    Outside outside() const
    {
        const bool inside = encoding() < Encoding::large;
        return {type(), encoding(), inside ? nullptr : load<void*>(value())};
    }

    // A string's text. An integer's is written into `scratch`.
    std::string_view text(char (&scratch)[24]) const;
    std::size_t text_size() const;

    // Bytes of memory, value included.
    std::size_t weight() const;
    // Whether to free it takes longer than a request does: it has many pieces, or a very large one.
    bool costly_to_free() const { return outside().costly_to_free(); }

private:
    Entry() = default;

    static constexpr std::uint16_t long_key = 0xffff;

    static std::size_t total_size(std::size_t key_size, Shape shape);
    static Entry* copy_collection(const Entry& entry, std::string_view key);
    static Entry* remake(const Entry& entry, std::string_view key, Shape shape);
    std::size_t own_size() const { return total_size(key_size(), shape()); }

    template <class T>
    static T load(const char* at)
    {
        T value;
        std::memcpy(&value, at, sizeof value);
        return value;
    }

    char* bytes() { return reinterpret_cast<char*>(this + 1); }
    const char* bytes() const { return reinterpret_cast<const char*>(this + 1); }
    std::size_t key_offset() const
    {
        return (expires_ ? 8U : 0U) + (key_size_ == long_key ? 8U : 0U);
    }
    std::size_t key_size() const
    {
        if (key_size_ != long_key) return key_size_;
        return load<std::uint64_t>(bytes() + (expires_ ? 8 : 0));
    }
    std::size_t value_offset() const { return key_offset() + key_size(); }

    std::uint32_t clock_ : 24;
    std::uint32_t type_ : 4;
    std::uint32_t encoding_ : 4;
    std::uint16_t key_size_;
    std::uint16_t expires_ : 1;
    std::uint16_t : 1;
    std::uint16_t value_size_ : 14;
};

static_assert(sizeof(Entry) == 8);

struct EntryDeleter {
    void operator()(Entry* entry) const noexcept { Entry::destroy(entry); }
};
using OwnedEntry = std::unique_ptr<Entry, EntryDeleter>;

// As TYPE says it.
std::string_view to_string(Type type);

}  // namespace mini_redis::keyspace
