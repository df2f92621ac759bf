// What the commands on collections share.
#pragma once

#include "server/commands/scanning.hpp"
#include "server/keyspace/edited.hpp"

#include <cstdint>
#include <optional>
#include <utility>

namespace mini_redis::commands {

using keyspace::Borrowed;
using keyspace::Edited;
using keyspace::Type;
using values::Element;

inline void reply_with(const Element& element, Writer& reply)
{
    if (element.is_integer()) return reply.bulk_integer(element.integer());
    Element::Scratch unused;
    reply.bulk(element.text(unused));
}

// How many it holds; 0 where it is not there.
template <class Collection>
void reply_with_size(Context& context, const Key& key, Writer& reply)
{
    const Entry* entry = context.data.read(key);
    if (!must_be(keyspace::type_of<Collection>, entry, reply)) return;
    reply.integer(entry ? static_cast<std::int64_t>(Borrowed<Collection>(*entry)->size()) : 0);
}

inline void reply_with(const std::optional<Element>& element, Writer& reply)
{
    element ? reply_with(*element, reply) : reply.null();
}

// What SINTERCARD, LMPOP and ZMPOP say of a number of keys that is none, too.
inline constexpr std::string_view too_few_keys = "ERR numkeys should be greater than 0";

// Puts a result in the place of what the destination holds, or of an empty one nothing.
template <class Collection>
void store(Context& context, const Key& destination, Collection result, Event event, Writer& reply)
{
    const std::size_t size = result.size();
    reply.integer(static_cast<std::int64_t>(size));
    if (size == 0) {
        context.data.remove(destination);
        return;
    }
    *Edited<Collection>(context.data, destination, nullptr) = std::move(result);
    context.data.report(event, destination);
}

// Calls `take(key, entry)` for the first of several keys that is there, if it is of that type; if
// not, an error is written. Whether one is there.
template <class Take>
bool with_first(Context& context, Keys keys, Type type, Writer& reply, Take&& take)
{
    for (const Key& key : keys) {
        if (!context.concerns(key)) continue;
        const Entry* entry = context.data.find(key);
        if (!entry) continue;
        if (must_be(type, entry, reply)) take(key, *entry);
        return true;
    }
    return false;
}

// How many are to be taken.
struct Amount {
    std::size_t value = 0;
};

inline bool convert(Word word, Amount& amount, Arguments& in)
{
    const auto number = protocol::parse_integer(word);
    if (!number || *number < 0) return in.fail("ERR value is out of range, must be positive");
    amount.value = static_cast<std::size_t>(*number);
    return true;
}

// How many LMPOP and ZMPOP take at most.
struct PopCount {
    std::size_t value = 1;
};

inline bool convert(Word word, PopCount& count, Arguments& in)
{
    const auto number = protocol::parse_integer(word);
    if (!number || *number < 1) return in.fail("ERR count should be greater than 0");
    count.value = static_cast<std::size_t>(*number);
    return true;
}

// How many SINTERCARD and ZINTERCARD count at most; 0 is no limit.
struct CountLimit {
    std::size_t value = 0;
};

inline bool convert(Word word, CountLimit& limit, Arguments& in)
{
    const auto number = protocol::parse_integer(word);
    if (!number || *number < 0) return in.fail("ERR LIMIT can't be negative");
    limit.value = static_cast<std::size_t>(*number);
    return true;
}

// What a command reads once its keys have been found. False, and an error written, if it makes no
// sense.
template <class Syntax, class Choices>
bool read_late(const Syntax& syntax, Choices& choices, Words words, Writer& reply)
{
    Arguments in(words, 0, {});
    if (!syntax.parse(choices, in)) return reply.error(in.error()), false;
    return in.done() || (reply.error(errors::syntax), false);
}

// HSCAN, SSCAN and ZSCAN read their options once the key has been found.
class CollectionScan {
public:
    std::optional<std::string_view> pattern;
    Count count;

    static constexpr auto syntax = options(
        token_arg("MATCH", arg("pattern", &CollectionScan::pattern).of_type(ArgumentType::pattern)),
        token_arg("COUNT", arg("count", &CollectionScan::count)));

    // False, and an error written, if they make no sense.
    bool read(Words options, Writer& reply) { return read_late(syntax, *this, options, reply); }

    bool wants(const Element& element) const
    {
        Element::Scratch scratch;
        return !pattern || matches(*pattern, element.text(scratch));
    }
};

}  // namespace mini_redis::commands
