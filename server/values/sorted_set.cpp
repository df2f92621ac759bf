// Searching, setting, and becoming large.
#include "server/values/sorted_set.hpp"

#include "protocol/number.hpp"

#include <array>
#include <utility>

namespace mini_redis::values {
namespace {

// What stands in front of a member, for a Ranking's tree as for a pack.
struct Before {
    double score;
    std::string_view text;

    template <class Item>
    bool operator()(const Item& item) const
    {
        const double other = item.score();
        return other != score ? other < score : item.text() < text;
    }
};

}  // namespace

Element element_of(double score, ScoreScratch& scratch)
{
    constexpr double limit = 0x1p62;  // Redis' own
    if (score >= -limit && score <= limit) {
        const auto whole = static_cast<std::int64_t>(score);
        if (static_cast<double>(whole) == score) return Element(whole);
    }
    return Element(std::string_view(scratch, protocol::format_double(scratch, score)));
}

double score_of(const Element& element)
{
    if (element.is_integer()) return static_cast<double>(element.integer());
    Element::Scratch unused;
    return protocol::parse_double(element.text(unused)).value_or(0);
}

std::optional<double> SortedSet::score(std::string_view member) const
{
    if (!packed()) {
        const ScoredMember* found = large_->find(member);
        return found ? std::optional(found->score()) : std::nullopt;
    }
    const auto place = find_packed(member);
    return place == pack_.end() ? std::nullopt : std::optional(at(place).score());
}

std::optional<std::size_t> SortedSet::rank(std::string_view member) const
{
    if (!packed()) {
        const ScoredMember* found = large_->find(member);
        if (!found) return std::nullopt;
        return large_->tree().count(Before{found->score(), member});
    }
    const auto wanted = find_packed(member);
    if (wanted == pack_.end()) return std::nullopt;
    std::size_t rank = 0;
    for (auto place = pack_.begin(); place != wanted; place = after(place)) ++rank;
    return rank;
}

bool SortedSet::set(std::string_view member, double score, const Limits& limits)
{
    if (packed()) {
        const auto place = find_packed(member);
        const bool fits = pack_.fits(member.size() + sizeof(ScoreScratch));
        if (place != pack_.end()) {
            if (at(place).score() == score) return false;
            if (fits) return move_packed(place, member, score), false;
        } else if (fits && size() < limits.members && member.size() <= limits.bytes) {
            insert_packed(member, score);
            return true;
        }
        spread();
    }
    return large_->set(member, score);
}

Listpack::Place SortedSet::insert_packed(std::string_view member, double score)
{
    const Before before_it{score, member};
    auto place = pack_.begin();
    while (place != pack_.end() && before_it(at(place))) place = after(place);
    ScoreScratch scratch;
    return pack_.insert(place, std::array{element_of(member), element_of(score, scratch)});
}

// For a moment it is at both places: nothing is lost where there is no memory for the second.
void SortedSet::move_packed(Listpack::Place from, std::string_view member, double score)
{
    const auto bytes_before = pack_.bytes();
    const auto to = insert_packed(member, score);
    pack_.erase(to <= from ? from + pack_.bytes() - bytes_before : from, 2);
}

bool SortedSet::erase(std::string_view member)
{
    if (!packed()) return large_->erase(member);
    const auto place = find_packed(member);
    if (place == pack_.end()) return false;
    pack_.erase(place, 2);
    return true;
}

void SortedSet::erase(Ranks ranks)
{
    if (ranks.size() == 0) return;
    if (packed()) {
        pack_.erase(place_of(ranks.first), ranks.size() * 2);
        return;
    }
    for (std::size_t left = ranks.size(); left > 0; --left) large_->erase_at(ranks.first);
}

SortedSet SortedSet::packed_if(const Limits& limits) &&
{
    bool fits = !packed() && size() <= limits.members;
    const auto is_short = [&](const Element& member, double) {
        Element::Scratch unused;
        return fits = member.text(unused).size() <= limits.bytes;
    };
    if (fits) each(is_short);
    if (!fits) return std::move(*this);
    SortedSet small;
    each([&](const Element& member, double score) {
        Element::Scratch scratch;
        small.set(member.text(scratch), score, limits);
    });
    return small;
}

void SortedSet::fit(const Limits& limits)
{
    if (packed() && size() > limits.members) spread();
}

void SortedSet::spread()
{
    TwoForms::spread([](Ranking& large, const Element& member, double score) {
        Element::Scratch scratch;
        large.set(member.text(scratch), score);
    });
}

}  // namespace mini_redis::values
