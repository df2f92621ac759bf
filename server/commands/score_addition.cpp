// Reading what is to be set, and setting it.
#include "server/commands/score_addition.hpp"

#include <cmath>

namespace mini_redis::commands {

bool ScoreAddition::read(Words words, Writer& reply)
{
    Arguments in(words, 0, {});
    options(nx, xx, gt, lt, ch, incr).parse(*this, in);
    if (const auto error = contradiction(in.left()); !error.empty())
        return reply.error(error), false;
    while (!in.done()) {
        Item& item = items.emplace_back();
        if (!dispatch::convert(in.take(), item.score, in)) return reply.error(in.error()), false;
        item.member = in.take();
    }
    return true;
}

std::string_view ScoreAddition::contradiction(std::size_t words) const
{
    if (words == 0 || words % 2 != 0) return errors::syntax;
    if (only_new && only_old) return "ERR XX and NX options at the same time are not compatible";
    if (only_greater + only_less + only_new > 1)
        return "ERR GT, LT, and/or NX options at the same time are not compatible";
    if (increments && words > 2) return "ERR INCR option supports a single increment-element pair";
    return {};
}

// The item's score becomes what the member has then.
ScoreAddition::Outcome ScoreAddition::set(SortedSet& set, Item& item,
                                          const SortedSet::Limits& limits) const
{
    const auto held = set.score(item.member);
    if (held ? only_new : only_old) return Outcome::refused;
    if (held) {
        if (increments) item.score += *held;
        if (std::isnan(item.score)) return Outcome::not_a_number;
        if (only_less && item.score >= *held) return Outcome::refused;
        if (only_greater && item.score <= *held) return Outcome::refused;
        if (item.score == *held) return Outcome::same;
    }
    return set.set(item.member, item.score, limits) ? Outcome::added : Outcome::changed;
}

// Nothing, and an error written, if one cannot be set.
std::optional<ScoreAddition::Counts> ScoreAddition::set_all(Context& context, const Key& key,
                                                            Writer& reply)
{
    const Entry* entry = context.data.find(key);
    if (!must_be(Type::sorted_set, entry, reply)) return std::nullopt;
    if (!entry && only_old) return Counts{.refused = true};
    const SortedSet::Limits limits = sorted_set_limits(context);
    Edited<SortedSet> edited(context.data, key, entry);
    Counts counts;
    for (Item& item : items) {
        const Outcome outcome = set(*edited, item, limits);
        if (outcome == Outcome::not_a_number)
            return reply.error("ERR resulting score is not a number (NaN)"), std::nullopt;
        if (outcome == Outcome::added) ++counts.added;
        if (outcome == Outcome::changed) ++counts.changed;
        if (outcome == Outcome::refused) counts.refused = true;
    }
    if (const auto changes = counts.added + counts.changed; changes != 0)
        context.data.report(increments ? Event::zincr : Event::zadd, key, changes);
    return counts;
}

void ScoreAddition::run(Context& context, const Key& key, Writer& reply)
{
    const auto counts = set_all(context, key, reply);
    if (!counts) return;
    if (increments) return counts->refused ? reply.null() : reply.number(items.front().score);
    const auto count = counts_changes ? counts->added + counts->changed : counts->added;
    reply.integer(static_cast<std::int64_t>(count));
}

}  // namespace mini_redis::commands
