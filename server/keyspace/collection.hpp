// Which class of values/ an entry's collection is, and how it is used where it lies.
#pragma once

#include "server/keyspace/entry.hpp"
#include "server/values/hash.hpp"
#include "server/values/list.hpp"
#include "server/values/set.hpp"
#include "server/values/sorted_set.hpp"
#include "server/values/stream.hpp"

#include <type_traits>

namespace mini_redis::keyspace {

template <class Collection>
inline constexpr Type type_of = Type::string;
template <>
inline constexpr Type type_of<values::Hash> = Type::hash;
template <>
inline constexpr Type type_of<values::List> = Type::list;
template <>
inline constexpr Type type_of<values::Set> = Type::set;
template <>
inline constexpr Type type_of<values::SortedSet> = Type::sorted_set;
template <>
inline constexpr Type type_of<values::Stream> = Type::stream;

// Calls act(std::type_identity<Collection>) for the class that belongs to `type`.
template <class Act>
decltype(auto) with_collection(Type type, Act&& act)
{
    switch (type) {
        case Type::hash:
            return act(std::type_identity<values::Hash>{});
        case Type::list:
            return act(std::type_identity<values::List>{});
        case Type::set:
            return act(std::type_identity<values::Set>{});
        case Type::sorted_set:
            return act(std::type_identity<values::SortedSet>{});
        case Type::stream:
            return act(std::type_identity<values::Stream>{});
        default:
            __builtin_unreachable();
    }
}

// A collection to look at; the entry keeps it.
template <class Collection>
class Borrowed {
public:
    explicit Borrowed(values::Held held) : collection_(Collection::adopt(held)) {}
    explicit Borrowed(const Entry& entry) : Borrowed(entry.held()) {}
    ~Borrowed() { collection_.release(); }
    Borrowed(const Borrowed&) = delete;
    Borrowed& operator=(const Borrowed&) = delete;

    const Collection& operator*() const { return collection_; }
    const Collection* operator->() const { return &collection_; }

private:
    Collection collection_;
};

}  // namespace mini_redis::keyspace
