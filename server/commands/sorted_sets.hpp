// What the commands on sorted sets share.
#pragma once

#include "server/commands/collections.hpp"

namespace mini_redis::commands {

using values::Order;
using values::SortedSet;

inline SortedSet::Limits sorted_set_limits(const Context& context)
{
    const auto& config = context.services.config;
    return {static_cast<std::size_t>(config.zset_max_listpack_entries.get()),
            static_cast<std::size_t>(config.zset_max_listpack_value.get())};
}

// A list of members, each with its score or without. In RESP3 the two are an array, unless they
// are to be flat; pairs are arrays in RESP2, too.
class MemberList {
public:
    enum class Form : std::uint8_t { members, scores, flat_scores, pairs };

    MemberList(Form form, Writer& reply) : reply_(reply), form_(form) {}
    MemberList(bool with_scores, Writer& reply)
        : MemberList(with_scores ? Form::scores : Form::members, reply)
    {
    }

    void begin(std::size_t count) { reply_.array(scores() && !in_pairs() ? 2 * count : count); }
    void operator()(const Element& member, double score)
    {
        if (in_pairs()) reply_.array(2);
        reply_with(member, reply_);
        if (scores()) reply_.number(score);
    }

private:
    bool scores() const { return form_ != Form::members; }
    bool in_pairs() const
    {
        return form_ == Form::pairs ||
               (form_ == Form::scores && reply_.dialect() == Dialect::resp3);
    }

    Writer& reply_;
    Form form_;
};

}  // namespace mini_redis::commands
