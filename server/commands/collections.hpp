// What the commands on collections share.
#pragma once

#include "server/commands/scanning.hpp"
#include "server/keyspace/edited.hpp"

#include <cstdint>
#include <optional>

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

inline void reply_with(const std::optional<Element>& element, Writer& reply)
{
    element ? reply_with(*element, reply) : reply.null();
}

// What SINTERCARD, LMPOP and ZMPOP say of a number of keys that is none, too.
inline constexpr std::string_view too_few_keys = "ERR numkeys should be greater than 0";

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

// HSCAN, SSCAN and ZSCAN read their options once the key has been found.
class CollectionScan {
public:
    std::optional<std::string_view> pattern;
    Count count;

    static constexpr auto syntax = options(
        token_arg("MATCH", arg("pattern", &CollectionScan::pattern).of_type(ArgumentType::pattern)),
        token_arg("COUNT", arg("count", &CollectionScan::count)));

    // False, and an error written, if they make no sense.
    bool read(Words options, Writer& reply)
    {
        Arguments in(options, 0, {});
        if (!syntax.parse(*this, in)) return reply.error(in.error()), false;
        return in.done() || (reply.error(errors::syntax), false);
    }

    bool wants(const Element& element) const
    {
        Element::Scratch scratch;
        return !pattern || matches(*pattern, element.text(scratch));
    }
};

}  // namespace mini_redis::commands
