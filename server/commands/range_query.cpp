// Reading what is asked for, and finding it.
#include "server/commands/range_query.hpp"

#include <algorithm>
#include <utility>

namespace mini_redis::commands {

bool RangeQuery::read(Words words, Writer& reply)
{
    Arguments in(words, 0, {});
    Word min = in.take();
    Word max = in.take();
    if (!read_options(in)) return reply.error(in.error()), false;
    if (const auto error = contradiction(); !error.empty()) return reply.error(error), false;
    if (by() != By::rank && order() == Order::descending) std::swap(min, max);
    return range_.read(by(), min, max, reply);
}

// What has been said already, by the command's name or an option, cannot be said again.
bool RangeQuery::read_options(Arguments& in)
{
    using dispatch::Match;
    while (!in.done()) {
        Match match = Match::no;
        const auto reads = [&](const auto& option) {
            int unused = -1;
            match = option.match(*this, in, unused);
            return match != Match::no;
        };
        if (!((kind_.replies && reads(scores)) || reads(limit) || (!order_ && reads(rev)) ||
              (!by_ && reads(sort_by))))
            return in.fail(errors::syntax);
        if (match == Match::failed) return false;
    }
    return true;
}

std::string_view RangeQuery::contradiction() const
{
    if (limit_ != -1 && by() == By::rank)
        return "ERR syntax error, LIMIT is only supported in combination with either BYSCORE or "
               "BYLEX";
    if (with_scores_ && by() == By::text)
        return "ERR syntax error, WITHSCORES not supported in combination with BYLEX";
    return {};
}

SortedSet::Ranks RangeQuery::ranks(const SortedSet& set) const
{
    if (offset_ < 0 && by() != By::rank) return {};
    SortedSet::Ranks ranks = range_.within(set, order(), static_cast<std::size_t>(offset_));
    if (limit_ < 0) return ranks;
    const std::size_t left = std::min(ranks.size(), static_cast<std::size_t>(limit_));
    if (order() == Order::ascending)
        ranks.end = ranks.first + left;
    else
        ranks.first = ranks.end - left;
    return ranks;
}

}  // namespace mini_redis::commands
