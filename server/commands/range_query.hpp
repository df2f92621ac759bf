// What ZRANGE and its older relatives ask for: a range, its order, and how much of it.
#pragma once

#include "server/commands/member_range.hpp"

namespace mini_redis::commands {

class RangeQuery {
public:
    using By = MemberRange::By;

    // What a command's name says already, and whether it replies with what it finds.
    struct Kind {
        std::optional<By> by = std::nullopt;
        std::optional<Order> order = std::nullopt;
        bool replies = true;
    };

    explicit RangeQuery(const Kind& kind) : kind_(kind), by_(kind.by), order_(kind.order) {}

    // Words: two ends, the lower one first unless the order is descending, then options. False,
    // and an error written, if they make no sense.
    bool read(Words words, Writer& reply);

    bool with_scores() const { return with_scores_; }
    Order order() const { return order_.value_or(Order::ascending); }
    SortedSet::Ranks ranks(const SortedSet& set) const;

private:
    bool read_options(Arguments& in);
    std::string_view contradiction() const;
    By by() const { return by_.value_or(By::rank); }

    Kind kind_;
    std::optional<By> by_;
    std::optional<Order> order_;
    MemberRange range_;
    bool with_scores_ = false;
    std::int64_t offset_ = 0;
    std::int64_t limit_ = -1;

public:
    // The options, read in an order of Redis' own.
    static constexpr auto sort_by = one_of("sortby", token("BYSCORE", &RangeQuery::by_, By::score),
                                           token("BYLEX", &RangeQuery::by_, By::text));
    static constexpr auto rev = token("REV", &RangeQuery::order_, Order::descending);
    static constexpr auto limit =
        token_arg("LIMIT", block("offset_count", arg("offset", &RangeQuery::offset_),
                                 arg("count", &RangeQuery::limit_)));
    static constexpr auto scores = token("WITHSCORES", &RangeQuery::with_scores_);
};

}  // namespace mini_redis::commands
