// Reading ranges of sorted sets.
#include "server/commands/member_range.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <string>

namespace mini_redis::commands {

SortedSet::Ranks RankRange::within(const SortedSet& set, Order order) const
{
    const auto size = static_cast<std::int64_t>(set.size());
    const std::int64_t first = std::max<std::int64_t>(first_ < 0 ? first_ + size : first_, 0);
    const std::int64_t last = std::min(last_ < 0 ? last_ + size : last_, size - 1);
    if (first > last) return {};
    const auto from = static_cast<std::size_t>(first);
    const auto to = static_cast<std::size_t>(last) + 1;
    if (order == Order::ascending) return {from, to};
    return {set.size() - to, set.size() - from};
}

// As lenient as Redis, to which it is a C string; what is too large becomes infinite.
std::optional<ScoreRange::End> ScoreRange::end(Word word)
{
    End end;
    end.open = word.starts_with('(');
    if (end.open) word.remove_prefix(1);
    const std::string text(word.substr(0, word.find('\0')));
    char* behind = nullptr;
    end.score = std::strtod(text.c_str(), &behind);
    if (*behind != '\0' || std::isnan(end.score)) return std::nullopt;
    return end;
}

bool ScoreRange::read(Word min, Word max, Arguments& in)
{
    const auto low = end(min);
    const auto high = end(max);
    if (!low || !high) return in.fail("ERR min or max is not a float");
    min_ = *low;
    max_ = *high;
    return true;
}

std::optional<TextRange::End> TextRange::end(Word word)
{
    if (word.starts_with('[') || word.starts_with('('))
        return End{.text = word.substr(1), .open = word[0] == '('};
    word = word.substr(0, word.find('\0'));
    if (word != "-" && word != "+") return std::nullopt;
    return End{.text = {}, .at_end = word == "+"};
}

bool TextRange::read(Word min, Word max, Arguments& in)
{
    const auto low = end(min);
    const auto high = end(max);
    if (!low || !high) return in.fail("ERR min or max not valid string range item");
    min_ = *low;
    max_ = *high;
    return true;
}

bool MemberRange::read(By by, Word min, Word max, Writer& reply)
{
    if (by == By::score) range_ = ScoreRange();
    if (by == By::text) range_ = TextRange();
    Arguments in({}, 0, {});
    return std::visit([&](auto& range) { return range.read(min, max, in); }, range_) ||
           (reply.error(in.error()), false);
}

SortedSet::Ranks MemberRange::within(const SortedSet& set, Order order, std::size_t passed) const
{
    if (const auto* ranks = std::get_if<RankRange>(&range_)) return ranks->within(set, order);
    if (const auto* scores = std::get_if<ScoreRange>(&range_))
        return set.within(*scores, order, passed);
    return set.within(std::get<TextRange>(range_), order, passed);
}

}  // namespace mini_redis::commands
