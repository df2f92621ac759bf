// Which class reads which type.
#include "server/keyspace/rdb.hpp"

#include "server/keyspace/collection.hpp"

namespace mini_redis::keyspace {
namespace {

using values::RdbLimits;
using values::RdbReader;
using values::RdbType;

OwnedEntry entry_of(std::string_view key, Entry::Shape shape, Milliseconds expiry)
{
    shape.expires = expiry != no_expiry;
    OwnedEntry entry(Entry::create(key, shape));
    if (shape.expires) entry->set_expiry(expiry);
    return entry;
}

OwnedEntry read_string(RdbReader& in, std::string_view key, Milliseconds expiry)
{
    std::string scratch;
    const std::string_view text = in.text(scratch);
    if (!in.ok()) return nullptr;
    if (const auto number = Entry::integer_of(text)) {
        OwnedEntry entry = entry_of(key, {.encoding = Encoding::integer}, expiry);
        entry->set_integer(*number);
        return entry;
    }
    const Entry::Shape shape = Entry::shape_of(text);
    if (shape.encoding == Encoding::large) {
        LargeString::Owned copy = LargeString::of(text);
        OwnedEntry entry = entry_of(key, shape, expiry);
        entry->set_large(copy.release());
        return entry;
    }
    OwnedEntry entry = entry_of(key, shape, expiry);
    std::memcpy(entry->value(), text.data(), text.size());
    return entry;
}

template <class Collection>
OwnedEntry read_collection(RdbReader& in, RdbType type, const RdbLimits& limits,
                           std::string_view key, Milliseconds expiry)
{
    Collection collection;
    if (!values::read_rdb(in, type, limits, collection)) return nullptr;
    OwnedEntry entry =
        entry_of(key, {.type = type_of<Collection>, .encoding = Encoding::packed}, expiry);
    entry->hold(collection.release());
    return entry;
}

}  // namespace

void write_value(values::RdbWriter& out, const Entry& entry)
{
    if (entry.type() == Type::string) {
        char scratch[24];
        out.type(RdbType::string);
        return out.text(entry.text(scratch));
    }
    with_collection(entry.type(), [&]<class Collection>(std::type_identity<Collection>) {
        values::write_rdb(out, *Borrowed<Collection>(entry));
    });
}

OwnedEntry read_entry(RdbReader& in, const RdbLimits& limits, std::string_view key,
                      Milliseconds expiry)
{
    const RdbType type = in.type();
    switch (type) {
        case RdbType::string:
            return in.ok() ? read_string(in, key, expiry) : nullptr;
        case RdbType::hash:
        case RdbType::hash_zipmap:
        case RdbType::hash_ziplist:
        case RdbType::hash_listpack:
            return read_collection<values::Hash>(in, type, limits, key, expiry);
        case RdbType::list:
        case RdbType::list_ziplist:
        case RdbType::list_quicklist:
        case RdbType::list_quicklist_2:
            return read_collection<values::List>(in, type, limits, key, expiry);
        case RdbType::set:
        case RdbType::set_intset:
            return read_collection<values::Set>(in, type, limits, key, expiry);
        case RdbType::sorted_set:
        case RdbType::sorted_set_2:
        case RdbType::sorted_set_ziplist:
        case RdbType::sorted_set_listpack:
            return read_collection<values::SortedSet>(in, type, limits, key, expiry);
        case RdbType::stream_listpacks:
        case RdbType::stream_listpacks_2:
            return read_collection<values::Stream>(in, type, limits, key, expiry);
    }
    return nullptr;
}

}  // namespace mini_redis::keyspace
