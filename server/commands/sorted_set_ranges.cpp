// Sorted sets: their members in a range.
#include "server/commands/range_query.hpp"

namespace mini_redis::commands {
namespace {

using By = RangeQuery::By;

void reply_with_range(Context& context, const Key& key, Words words, const RangeQuery::Kind& kind,
                      Writer& reply)
{
    RangeQuery query(kind);
    if (!query.read(words, reply)) return;
    const Entry* entry = context.data.read(key);
    if (!must_be(Type::sorted_set, entry, reply)) return;
    if (!entry) return reply.array(0);
    const Borrowed<SortedSet> set(*entry);
    const auto ranks = query.ranks(*set);
    MemberList list(query.with_scores(), reply);
    list.begin(ranks.size());
    set->walk(ranks, query.order(), list);
}

struct Zrange {
    Key key;
    Words words;

    static constexpr Spec spec{
        .name = "ZRANGE",
        .summary = "Returns the members of a sorted set in a range of ranks, scores or texts.",
        .since = "1.2.0",
        .complexity = "O(log(N)+M), N being the number of members and M of those returned",
        .flags = Flag::readonly,
    };
    static constexpr auto syntax = sequence(
        key_arg("key", &Zrange::key, Use::ro | Use::access),
        unread<2>(&Zrange::words, word("start"), word("stop"),
                  options(RangeQuery::sort_by.since("6.2.0"), RangeQuery::rev.since("6.2.0"),
                          RangeQuery::limit.since("6.2.0"), RangeQuery::scores)));

    void run(Context& context, Writer& reply) const
    {
        reply_with_range(context, key, words, {}, reply);
    }
};

struct Zrangebylex {
    Key key;
    Words words;

    static constexpr Spec spec{
        .name = "ZRANGEBYLEX",
        .summary = "Returns the members of a sorted set in a range of texts.",
        .since = "2.8.9",
        .complexity = "O(log(N)+M), N being the number of members and M of those returned",
        .flags = Flag::readonly,
        .deprecated_since = "6.2.0",
        .replaced_by = "`ZRANGE` with the `BYLEX` argument",
    };
    static constexpr auto syntax = sequence(
        key_arg("key", &Zrangebylex::key, Use::ro | Use::access),
        unread<2>(&Zrangebylex::words, word("min"), word("max"), options(RangeQuery::limit)));

    void run(Context& context, Writer& reply) const
    {
        reply_with_range(context, key, words, {.by = By::text, .order = Order::ascending}, reply);
    }
};

struct Zrangebyscore {
    Key key;
    Words words;

    static constexpr Spec spec{
        .name = "ZRANGEBYSCORE",
        .summary = "Returns the members of a sorted set in a range of scores.",
        .since = "1.0.5",
        .complexity = "O(log(N)+M), N being the number of members and M of those returned",
        .flags = Flag::readonly,
        .deprecated_since = "6.2.0",
        .replaced_by = "`ZRANGE` with the `BYSCORE` argument",
    };
    static constexpr auto syntax =
        sequence(key_arg("key", &Zrangebyscore::key, Use::ro | Use::access),
                 unread<2>(&Zrangebyscore::words, word("min", ArgumentType::real),
                           word("max", ArgumentType::real),
                           options(RangeQuery::scores.since("2.0.0"), RangeQuery::limit)));

    void run(Context& context, Writer& reply) const
    {
        reply_with_range(context, key, words, {.by = By::score, .order = Order::ascending}, reply);
    }
};

struct Zrevrange {
    Key key;
    Words words;

    static constexpr Spec spec{
        .name = "ZREVRANGE",
        .summary = "Returns the members of a sorted set in a range of ranks, backwards.",
        .since = "1.2.0",
        .complexity = "O(log(N)+M), N being the number of members and M of those returned",
        .flags = Flag::readonly,
        .deprecated_since = "6.2.0",
        .replaced_by = "`ZRANGE` with the `REV` argument",
    };
    static constexpr auto syntax =
        sequence(key_arg("key", &Zrevrange::key, Use::ro | Use::access),
                 unread<2>(&Zrevrange::words, word("start", ArgumentType::integer),
                           word("stop", ArgumentType::integer), options(RangeQuery::scores)));

    void run(Context& context, Writer& reply) const
    {
        reply_with_range(context, key, words, {.by = By::rank, .order = Order::descending}, reply);
    }
};

struct Zrevrangebylex {
    Key key;
    Words words;

    static constexpr Spec spec{
        .name = "ZREVRANGEBYLEX",
        .summary = "Returns the members of a sorted set in a range of texts, backwards.",
        .since = "2.8.9",
        .complexity = "O(log(N)+M), N being the number of members and M of those returned",
        .flags = Flag::readonly,
        .deprecated_since = "6.2.0",
        .replaced_by = "`ZRANGE` with the `REV` and `BYLEX` arguments",
    };
    static constexpr auto syntax = sequence(
        key_arg("key", &Zrevrangebylex::key, Use::ro | Use::access),
        unread<2>(&Zrevrangebylex::words, word("max"), word("min"), options(RangeQuery::limit)));

    void run(Context& context, Writer& reply) const
    {
        reply_with_range(context, key, words, {.by = By::text, .order = Order::descending}, reply);
    }
};

struct Zrevrangebyscore {
    Key key;
    Words words;

    static constexpr Spec spec{
        .name = "ZREVRANGEBYSCORE",
        .summary = "Returns the members of a sorted set in a range of scores, backwards.",
        .since = "2.2.0",
        .complexity = "O(log(N)+M), N being the number of members and M of those returned",
        .flags = Flag::readonly,
        .deprecated_since = "6.2.0",
        .replaced_by = "`ZRANGE` with the `REV` and `BYSCORE` arguments",
    };
    static constexpr auto syntax = sequence(
        key_arg("key", &Zrevrangebyscore::key, Use::ro | Use::access),
        unread<2>(&Zrevrangebyscore::words, word("max", ArgumentType::real),
                  word("min", ArgumentType::real), options(RangeQuery::scores, RangeQuery::limit)));

    void run(Context& context, Writer& reply) const
    {
        reply_with_range(context, key, words, {.by = By::score, .order = Order::descending}, reply);
    }
};

struct Zrangestore {
    Key destination;
    Key source;
    Words words;

    static constexpr Spec spec{
        .name = "ZRANGESTORE",
        .summary = "Stores the members of a sorted set in a range of ranks, scores or texts.",
        .since = "6.2.0",
        .complexity = "O(log(N)+M), N being the number of members and M of those stored",
        .flags = Flag::write | Flag::denyoom,
    };
    static constexpr auto syntax =
        sequence(key_arg("dst", &Zrangestore::destination, Use::ow | Use::update),
                 key_arg("src", &Zrangestore::source, Use::ro | Use::access),
                 unread<2>(&Zrangestore::words, word("min"), word("max"),
                           options(RangeQuery::sort_by, RangeQuery::rev, RangeQuery::limit)));

    void run(Context& context, Writer& reply) const
    {
        RangeQuery query({.replies = false});
        if (!query.read(words, reply)) return;
        const Entry* entry = context.data.read(source);
        if (!must_be(Type::sorted_set, entry, reply)) return;
        SortedSet found;
        if (entry) {
            const Borrowed<SortedSet> set(*entry);
            set->walk(query.ranks(*set), query.order(), [&](const Element& member, double score) {
                Element::Scratch scratch;
                found.set(member.text(scratch), score, sorted_set_limits(context));
            });
        }
        store(context, destination, std::move(found), Event::zrangestore, reply);
    }
};

}  // namespace

constexpr auto sorted_set_range_commands =
    dispatch::commands<Zrange, Zrangebylex, Zrangebyscore, Zrangestore, Zrevrange, Zrevrangebylex,
                       Zrevrangebyscore>;
const dispatch::Family sorted_set_ranges{"sorted-set", Category::sortedset,
                                         sorted_set_range_commands};

}  // namespace mini_redis::commands
