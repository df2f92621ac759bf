// Making, reshaping and weighing entries.
#include "server/keyspace/entry.hpp"

#include "protocol/number.hpp"
#include "server/keyspace/collection.hpp"
#include "server/values/block.hpp"

#include <algorithm>
#include <cstdlib>

namespace mini_redis::keyspace {

using values::allocation_size;
namespace {

// In how many blocks of memory a collection is kept, more or less.
template <class Collection>
std::size_t pieces(const Collection& collection)
{
    return collection.size();
}
std::size_t pieces(const values::List& list)
{
    return list.blocks();
}
std::size_t pieces(const values::Stream& stream)
{
    std::size_t count = stream.node_count();
    for (const auto& group : stream.groups()) count += group->pending().size();
    return count;
}

}  // namespace

LargeString* LargeString::create(std::size_t size, std::size_t capacity)
{
    const std::size_t bytes = allocation_size(sizeof(LargeString) + capacity);
    return new (values::allocate(bytes)) LargeString{size, bytes - sizeof(LargeString)};
}

void LargeString::destroy(LargeString* text) noexcept
{
    std::free(text);
}

LargeString::Owned LargeString::of(std::string_view text)
{
    Owned copy(create(text.size(), text.size()));
    std::memcpy(copy->data(), text.data(), text.size());
    return copy;
}

std::optional<std::int64_t> Entry::integer_of(std::string_view text)
{
    return text.size() <= protocol::integer_chars_max ? protocol::parse_integer(text)
                                                      : std::nullopt;
}

Entry::Shape Entry::shape_of(std::string_view text)
{
    if (text.size() > inline_value_max) return {.encoding = Encoding::large};
    return {.encoding = text.size() <= embedded_max ? Encoding::embedded : Encoding::raw,
            .value_size = text.size()};
}

std::size_t Entry::total_size(std::size_t key_size, Shape shape)
{
    const bool in_place = shape.encoding == Encoding::embedded || shape.encoding == Encoding::raw;
    return sizeof(Entry) + (shape.expires ? 8 : 0) + (key_size >= long_key ? 8 : 0) + key_size +
           (in_place ? shape.value_size : sizeof(std::int64_t));
}

Entry* Entry::create(std::string_view key, Shape shape)
{
    auto* entry = new (values::allocate(total_size(key.size(), shape))) Entry;
    entry->clock_ = 0;
    entry->type_ = static_cast<std::uint8_t>(shape.type) & 15U;
    entry->set_encoding(shape.encoding);
    entry->expires_ = shape.expires ? 1 : 0;
    entry->value_size_ = shape.value_size & 0x3fffU;
    entry->key_size_ = static_cast<std::uint16_t>(std::min<std::size_t>(key.size(), long_key));
    if (entry->key_size_ == long_key) {
        const std::uint64_t size = key.size();
        std::memcpy(entry->bytes() + (shape.expires ? 8 : 0), &size, sizeof size);
    }
    std::memcpy(entry->bytes() + entry->key_offset(), key.data(), key.size());
    return entry;
}

void Entry::destroy(Entry* entry) noexcept
{
    entry->outside().destroy();
    std::free(entry);
}

void Entry::Outside::destroy() const noexcept
{
    switch (encoding) {
        case Encoding::integer:
        case Encoding::embedded:
        case Encoding::raw:
            return;
        case Encoding::large:
            return LargeString::destroy(static_cast<LargeString*>(word));
        case Encoding::packed:
        case Encoding::spread:
            with_collection(type, [&]<class Collection>(std::type_identity<Collection>) {
                Collection::adopt({word, encoding == Encoding::packed});
            });
    }
}

bool Entry::Outside::costly_to_free() const
{
    // 30 to 100 ns each. Of 8 MiB and more jemalloc gives the pages back to the kernel at once,
    // which takes 60 us for each MiB; less takes under 1 us.
    constexpr std::size_t pieces_max = 512;
    constexpr std::size_t bytes_max = 8 << 20;
    if (encoding == Encoding::large) return weight() >= bytes_max;
    if (encoding != Encoding::spread) return false;
    return with_collection(type, [&]<class Collection>(std::type_identity<Collection>) {
        return pieces(*Borrowed<Collection>({word, false})) > pieces_max;
    });
}

std::size_t Entry::Outside::weight() const
{
    switch (encoding) {
        case Encoding::integer:
        case Encoding::embedded:
        case Encoding::raw:
            return 0;
        case Encoding::large:
            return sizeof(LargeString) + static_cast<const LargeString*>(word)->capacity;
        case Encoding::packed:
        case Encoding::spread:
            break;
    }
    return with_collection(type, [&]<class Collection>(std::type_identity<Collection>) {
        const Borrowed<Collection> collection({word, encoding == Encoding::packed});
        return collection->weight();
    });
}

// The value's bytes are taken as they are, so what a pointer points to is shared with `entry`.
Entry* Entry::remake(const Entry& entry, std::string_view key, Shape shape)
{
    Entry* made = create(key, shape);
    made->clock_ = entry.clock_;
    if (shape.expires && entry.expires()) made->set_expiry(entry.expiry());
    const std::size_t held = entry.own_size() - sizeof(Entry) - entry.value_offset();
    const std::size_t room = made->own_size() - sizeof(Entry) - made->value_offset();
    std::memcpy(made->value(), entry.value(), std::min(held, room));
    return made;
}

Entry* Entry::reshape(Entry* entry, Shape shape)
{
    if (entry->shape() == shape) return entry;
    const std::size_t before = allocation_size(entry->own_size());
    const std::size_t after = allocation_size(total_size(entry->key_size(), shape));
    if (before == after && entry->expires() == shape.expires) {
        entry->type_ = static_cast<std::uint8_t>(shape.type) & 15U;
        entry->set_encoding(shape.encoding);
        entry->value_size_ = shape.value_size & 0x3fffU;
        return entry;
    }
    Entry* made = remake(*entry, entry->key(), shape);
    give_up(entry);
    return made;
}

Entry* Entry::twin(const Entry& entry, std::string_view key)
{
    return remake(entry, key, entry.shape());
}

void Entry::give_up(Entry* entry) noexcept
{
    std::free(entry);
}

Entry* Entry::copy(const Entry& entry, std::string_view key)
{
    if (entry.encoding() == Encoding::packed || entry.encoding() == Encoding::spread)
        return copy_collection(entry, key);
    if (entry.encoding() != Encoding::large) return twin(entry, key);
    LargeString::Owned copied = LargeString::of({entry.large()->data(), entry.large()->size});
    Entry* made = twin(entry, key);
    made->set_large(copied.release());
    return made;
}

Entry* Entry::copy_collection(const Entry& entry, std::string_view key)
{
    return with_collection(entry.type(), [&]<class Collection>(std::type_identity<Collection>) {
        Collection copied = Borrowed<Collection>(entry.held())->copy();
        Entry* made = twin(entry, key);
        made->hold(copied.release());
        return made;
    });
}

std::string_view Entry::text(char (&scratch)[24]) const
{
    switch (encoding()) {
        case Encoding::integer:
            return {scratch, protocol::format_integer(scratch, integer())};
        case Encoding::large:
            return {large()->data(), large()->size};
        default:
            return inline_text();
    }
}

std::size_t Entry::text_size() const
{
    char scratch[24];
    return text(scratch).size();
}

std::size_t Entry::weight() const
{
    return allocation_size(own_size()) + outside().weight();
}

std::string_view to_string(Type type)
{
    switch (type) {
        case Type::string:
            return "string";
        case Type::list:
            return "list";
        case Type::set:
            return "set";
        case Type::sorted_set:
            return "zset";
        case Type::hash:
            return "hash";
        case Type::stream:
            return "stream";
    }
    return "";
}

}  // namespace mini_redis::keyspace
