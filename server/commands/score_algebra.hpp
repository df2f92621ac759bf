// What ZUNION, ZINTER, ZDIFF and those that store or count are asked for: sets and sorted sets to
// be put together, and how their scores become one.
//
// A member of a set has the score 1. What is no number, such as infinity times 0, counts as 0.
#pragma once

#include "server/commands/sets.hpp"
#include "server/commands/sorted_sets.hpp"

#include <deque>
#include <vector>

namespace mini_redis::commands {

// A set or a sorted set, or one that is not there.
class ScoredInput {
public:
    ScoredInput(const Entry* entry, std::size_t at);

    std::size_t size() const;
    std::optional<double> score(std::string_view member) const;
    // visit(member, score), for all or until it returns false.
    template <class Visit>
    void each(Visit&& visit) const
    {
        if (set_)
            (*set_)->each(
                [&](const Element& member) { return values::goes_on(visit, member, 1.0); });
        if (sorted_set_) (*sorted_set_)->each(visit);
    }

    double weight = 1;
    const std::size_t place;  // among those that are named

private:
    std::optional<Borrowed<Set>> set_;
    std::optional<Borrowed<SortedSet>> sorted_set_;
};

class ScoreAlgebra {
public:
    enum class Operation : std::uint8_t { difference, intersection, union_of };

    explicit ScoreAlgebra(Operation operation) : operation_(operation) {}

    // False, and an error written, if a key holds something else.
    bool find(Context& context, Keys keys, Writer& reply);
    // The options behind the keys. False, and an error written, if they make no sense.
    bool read(Words options, bool replies, Writer& reply);

    bool with_scores() const { return with_scores_; }
    // Large, however small it is.
    SortedSet result();
    // How many members an intersection has, up to a limit; 0 is none.
    std::size_t count(std::size_t limit);

private:
    enum class Aggregate : std::uint8_t { sum, min, max };

    bool read_weights(Arguments& in);
    double aggregate(double a, double b) const;
    void smallest_first();

    // Visits the members of the result with their scores.
    template <class Visit>
    void each_difference(Visit&& visit) const;
    template <class Visit>
    void each_intersection(Visit&& visit) const;

    Operation operation_;
    Aggregate aggregate_ = Aggregate::sum;
    bool with_scores_ = false;
    std::deque<ScoredInput> inputs_;
    std::vector<const ScoredInput*> order_;

public:
    // The options, read in an order of Redis' own.
    static constexpr auto weights =
        token_arg("WEIGHTS", repeated(word("weight", ArgumentType::integer)));
    static constexpr auto aggregation = token_arg(
        "AGGREGATE", one_of("aggregate", token("SUM", &ScoreAlgebra::aggregate_, Aggregate::sum),
                            token("MIN", &ScoreAlgebra::aggregate_, Aggregate::min),
                            token("MAX", &ScoreAlgebra::aggregate_, Aggregate::max)));
    static constexpr auto scores = token("WITHSCORES", &ScoreAlgebra::with_scores_);
};

}  // namespace mini_redis::commands
