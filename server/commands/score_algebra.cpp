// Reading what is asked for, and putting it together.
#include "server/commands/score_algebra.hpp"

#include <algorithm>
#include <cmath>
#include <span>
#include <utility>

namespace mini_redis::commands {
namespace {

double number_or_0(double score)
{
    return std::isnan(score) ? 0 : score;
}

}  // namespace

ScoredInput::ScoredInput(const Entry* entry, std::size_t at) : place(at)
{
    if (!entry) return;
    if (entry->type() == Type::set)
        set_.emplace(*entry);
    else
        sorted_set_.emplace(*entry);
}

std::size_t ScoredInput::size() const
{
    if (set_) return (*set_)->size();
    return sorted_set_ ? (*sorted_set_)->size() : 0;
}

std::optional<double> ScoredInput::score(std::string_view member) const
{
    if (sorted_set_) return (*sorted_set_)->score(member);
    return set_ && (*set_)->contains(member) ? std::optional(1.0) : std::nullopt;
}

bool ScoreAlgebra::find(Context& context, Keys keys, Writer& reply)
{
    for (const Key& key : keys) {
        const Entry* entry = context.data.read(key);
        if (entry && entry->type() != Type::set && !must_be(Type::sorted_set, entry, reply))
            return false;
        inputs_.emplace_back(entry, inputs_.size());
    }
    for (const ScoredInput& input : inputs_) order_.push_back(&input);
    return true;
}

bool ScoreAlgebra::read(Words options, bool replies, Writer& reply)
{
    using dispatch::Match;
    Arguments in(options, 0, {});
    const bool weighs = operation_ != Operation::difference;
    while (!in.done()) {
        Match match = Match::no;
        const auto reads = [&](const auto& option) {
            int unused = -1;
            match = option.match(*this, in, unused);
            return match != Match::no;
        };
        if (weighs && in.left() > inputs_.size() && in.take_token("WEIGHTS")) {
            if (!read_weights(in)) return reply.error(in.error()), false;
        } else if (!((weighs && reads(aggregation)) || (replies && reads(scores))) ||
                   match == Match::failed) {
            return reply.error(errors::syntax), false;
        }
    }
    return true;
}

bool ScoreAlgebra::read_weights(Arguments& in)
{
    for (ScoredInput& input : inputs_)
        if (!dispatch::convert(in.take(), input.weight, in))
            return in.fail("ERR weight value is not a float");
    return true;
}

double ScoreAlgebra::aggregate(double a, double b) const
{
    switch (aggregate_) {
        case Aggregate::min:
            return b < a ? b : a;
        case Aggregate::max:
            return b > a ? b : a;
        case Aggregate::sum:
            break;
    }
    return number_or_0(a + b);
}

// The order of a sum matters, too: equal ones stay as they were named.
void ScoreAlgebra::smallest_first()
{
    std::ranges::sort(order_, {}, [](const ScoredInput* input) {
        return std::pair(input->size(), input->place);
    });
}

template <class Visit>
void ScoreAlgebra::each_difference(Visit&& visit) const
{
    const auto others = std::span(order_).subspan(1);
    order_[0]->each([&](const Element& member, double score) {
        Element::Scratch scratch;
        const std::string_view text = member.text(scratch);
        const auto has = [&](const ScoredInput* other) { return other->score(text).has_value(); };
        if (std::ranges::none_of(others, has)) visit(text, score);
    });
}

// From the smallest one, because each of its members is looked for in all others.
template <class Visit>
void ScoreAlgebra::each_intersection(Visit&& visit) const
{
    const ScoredInput& smallest = *order_[0];
    const auto others = std::span(order_).subspan(1);
    smallest.each([&](const Element& member, double score) {
        Element::Scratch scratch;
        const std::string_view text = member.text(scratch);
        score = number_or_0(score * smallest.weight);
        for (const ScoredInput* other : others) {
            const auto found = other->score(text);
            if (!found) return true;
            score = aggregate(score, *found * other->weight);
        }
        return values::goes_on(visit, text, score);
    });
}

SortedSet ScoreAlgebra::result()
{
    constexpr SortedSet::Limits always_large{0, 0};
    SortedSet result;
    const auto set = [&](std::string_view member, double score) {
        result.set(member, score, always_large);
    };
    if (operation_ == Operation::difference) {
        each_difference(set);
        return result;
    }
    smallest_first();
    if (operation_ == Operation::intersection) {
        each_intersection(set);
        return result;
    }
    for (const ScoredInput* input : order_) {
        input->each([&](const Element& member, double score) {
            Element::Scratch scratch;
            const std::string_view text = member.text(scratch);
            score = number_or_0(score * input->weight);
            const auto held = result.score(text);
            set(text, held ? aggregate(*held, score) : score);
        });
    }
    return result;
}

std::size_t ScoreAlgebra::count(std::size_t limit)
{
    smallest_first();
    std::size_t counted = 0;
    each_intersection([&](std::string_view, double) { return ++counted != limit; });
    return counted;
}

}  // namespace mini_redis::commands
