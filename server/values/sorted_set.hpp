// A sorted set: members with scores, by score and where those are equal by text; packed while it
// is small.
//
// Small, it is a listpack of a member and its score in turn, in order. A score that is a whole
// number is an integer there, any other one its 17 digits as text; so -0 becomes 0, as in Redis.
// Large, it is a Ranking (ranking.hpp).
#pragma once

#include "server/values/listpack.hpp"
#include "server/values/ranking.hpp"
#include "server/values/two_forms.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>

namespace mini_redis::values {

// A score as a listpack has it; what is no integer is written into `scratch`.
using ScoreScratch = char[protocol::double_chars_max];
Element element_of(double score, ScoreScratch& scratch);
// What was not made so counts as 0.
double score_of(const Element& element);

enum class Order : std::uint8_t { ascending, descending };

class SortedSet : public TwoForms<SortedSet, Listpack, Ranking> {
public:
    // What is still packed: so many members, and none longer than this.
    struct Limits {
        std::size_t members;
        std::size_t bytes;
    };

    // Some that follow each other, counted from the lowest score.
    struct Ranks {
        std::size_t first = 0;
        std::size_t end = 0;

        std::size_t size() const { return end - first; }
    };

    std::size_t size() const { return packed() ? pack_.size() / 2 : large_->size(); }

    std::optional<double> score(std::string_view member) const;
    std::optional<std::size_t> rank(std::string_view member) const;

    // Whether the member is new. The score must be a number. Throws std::bad_alloc and then has
    // changed nothing that is seen.
    bool set(std::string_view member, double score, const Limits& limits);
    bool erase(std::string_view member);
    void erase(Ranks ranks);

    // Becomes large if it has more members than that: it was made elsewhere.
    void fit(const Limits& limits);

    // The same, small if it may be: what a command has put together Redis packs at the end. Throws
    // std::bad_alloc.
    SortedSet packed_if(const Limits& limits) &&;

    // Those that to a range are neither too_low() nor too_high(), which it can tell of whatever has
    // a score() and a text(); without so many of those that come first. Where it is one of texts,
    // and the scores are not equal, it is whatever a search in this order meets.
    template <class Range>
    Ranks within(const Range& range, Order order = Order::ascending, std::size_t passed = 0) const;

    // visit(member, score) with an Element and a double, until it returns false.
    template <class Visit>
    void walk(Ranks ranks, Order order, Visit&& visit) const;

    // The same for those in the pack, or until it returns false.
    template <class Visit>
    void each_packed(Visit&& visit) const;
    template <class Visit>
    void packed_at(std::size_t index, Visit&& visit) const;

private:
    // A member in the pack.
    class Packed {
    public:
        Packed(const Listpack& pack, Listpack::Place place) : pack_(pack), place_(place) {}

        double score() const { return score_of(pack_[pack_.next(place_)]); }
        std::string_view text() const { return pack_[place_].text(scratch_); }

    private:
        const Listpack& pack_;
        Listpack::Place place_;
        mutable Element::Scratch scratch_;
    };

    Packed at(Listpack::Place place) const { return {pack_, place}; }
    Listpack::Place place_of(std::size_t rank) const
    {
        return pack_.at(static_cast<std::int64_t>(rank) * 2);
    }
    Listpack::Place after(Listpack::Place place) const { return pack_.next(pack_.next(place)); }
    Listpack::Place before(Listpack::Place place) const
    {
        return pack_.before(pack_.before(place));
    }
    Listpack::Place find_packed(std::string_view member) const
    {
        return pack_.find(element_of(member), pack_.begin(), 2);
    }
    Listpack::Place insert_packed(std::string_view member, double score);
    void move_packed(Listpack::Place from, std::string_view member, double score);
    void spread();

    template <class Range>
    Ranks within_pack(const Range& range, Order order, std::size_t passed) const;
};

template <class Visit>
void SortedSet::each_packed(Visit&& visit) const
{
    for (auto place = pack_.begin(); place != pack_.end();) {
        const auto score = pack_.next(place);
        if (!goes_on(visit, pack_[place], score_of(pack_[score]))) return;
        place = pack_.next(score);
    }
}

template <class Visit>
void SortedSet::packed_at(std::size_t index, Visit&& visit) const
{
    const auto place = place_of(index);
    visit(pack_[place], score_of(pack_[pack_.next(place)]));
}

template <class Range>
SortedSet::Ranks SortedSet::within(const Range& range, Order order, std::size_t passed) const
{
    if (empty()) return {};
    if (packed()) return within_pack(range, order, passed);
    using Item = ScoreTree::Item;
    const ScoreTree& tree = large_->tree();
    if (range.too_high(tree[0]) || range.too_low(tree[size() - 1])) return {};
    Ranks ranks;
    ranks.first = tree.count([&](const Item& item) { return range.too_low(item); });
    ranks.end = tree.count([&](const Item& item) { return !range.too_high(item); });
    if (ranks.end < ranks.first) return {};
    passed = std::min(passed, ranks.size());
    order == Order::ascending ? ranks.first += passed : ranks.end -= passed;
    return ranks;
}

// As Redis searches, so that it finds the same where the order of texts is not that of scores.
template <class Range>
SortedSet::Ranks SortedSet::within_pack(const Range& range, Order order, std::size_t passed) const
{
    if (range.too_high(at(pack_.begin())) || range.too_low(at(before(pack_.end())))) return {};
    const std::size_t count = size();
    const bool backwards = order == Order::descending;
    auto place = backwards ? before(pack_.end()) : pack_.begin();
    std::size_t met = 0;  // in this order
    const auto go_on = [&] {
        place = backwards ? before(place) : after(place);
        ++met;
    };
    const auto not_yet = [&] {
        return backwards ? range.too_high(at(place)) : range.too_low(at(place));
    };
    const auto no_more = [&] {
        return backwards ? range.too_low(at(place)) : range.too_high(at(place));
    };
    while (met < count && not_yet()) go_on();
    if (met < count && no_more()) return {};
    for (; met < count && passed > 0; --passed) go_on();
    const std::size_t first = met;
    while (met < count && !no_more()) go_on();
    return backwards ? Ranks{count - met, count - first} : Ranks{first, met};
}

template <class Visit>
void SortedSet::walk(Ranks ranks, Order order, Visit&& visit) const
{
    if (ranks.size() == 0) return;
    const bool backwards = order == Order::descending;
    const std::size_t from = backwards ? ranks.end - 1 : ranks.first;
    if (!packed())
        return large_->tree().walk(from, ranks.size(), backwards,
                                   [&](const ScoreTree::Item& item) { return item.show(visit); });
    auto place = place_of(from);
    for (std::size_t left = ranks.size(); left > 0; --left) {
        if (!goes_on(visit, pack_[place], at(place).score())) return;
        place = backwards ? before(place) : after(place);
    }
}

}  // namespace mini_redis::values
