// Sorted sets: counting and removing the members in a range.
#include "server/commands/member_range.hpp"

namespace mini_redis::commands {
namespace {

using By = MemberRange::By;

void count_range(Context& context, const Key& key, By by, Word min, Word max, Writer& reply)
{
    MemberRange range;
    if (!range.read(by, min, max, reply)) return;
    const Entry* entry = context.data.read(key);
    if (!must_be(Type::sorted_set, entry, reply)) return;
    if (!entry) return reply.integer(0);
    reply.integer(static_cast<std::int64_t>(range.within(*Borrowed<SortedSet>(*entry)).size()));
}

void remove_range(Context& context, const Key& key, By by, Word min, Word max, Event event,
                  Writer& reply)
{
    MemberRange range;
    if (!range.read(by, min, max, reply)) return;
    const Entry* entry = context.data.find(key);
    if (!must_be(Type::sorted_set, entry, reply)) return;
    if (!entry) return reply.integer(0);
    Edited<SortedSet> set(context.data, key, entry);
    const auto ranks = range.within(*set);
    set->erase(ranks);
    if (ranks.size() != 0) context.data.report(event, key, ranks.size());
    reply.integer(static_cast<std::int64_t>(ranks.size()));
}

struct Zcount {
    Key key;
    std::string_view min;
    std::string_view max;

    static constexpr Spec spec{
        .name = "ZCOUNT",
        .summary = "Counts the members of a sorted set in a range of scores.",
        .since = "2.0.0",
        .complexity = "O(log(N)), N being the number of members",
        .flags = Flag::readonly | Flag::fast,
    };
    static constexpr auto syntax = sequence(key_arg("key", &Zcount::key, Use::ro | Use::access),
                                            arg("min", &Zcount::min).of_type(ArgumentType::real),
                                            arg("max", &Zcount::max).of_type(ArgumentType::real));

    void run(Context& context, Writer& reply) const
    {
        count_range(context, key, By::score, min, max, reply);
    }
};

struct Zlexcount {
    Key key;
    std::string_view min;
    std::string_view max;

    static constexpr Spec spec{
        .name = "ZLEXCOUNT",
        .summary = "Counts the members of a sorted set in a range of texts.",
        .since = "2.8.9",
        .complexity = "O(log(N)), N being the number of members",
        .flags = Flag::readonly | Flag::fast,
    };
    static constexpr auto syntax =
        sequence(key_arg("key", &Zlexcount::key, Use::ro | Use::access),
                 arg("min", &Zlexcount::min), arg("max", &Zlexcount::max));

    void run(Context& context, Writer& reply) const
    {
        count_range(context, key, By::text, min, max, reply);
    }
};

struct Zremrangebylex {
    Key key;
    std::string_view min;
    std::string_view max;

    static constexpr Spec spec{
        .name = "ZREMRANGEBYLEX",
        .summary = "Removes the members of a sorted set in a range of texts.",
        .since = "2.8.9",
        .complexity = "O(M*log(N)), M being the number of members to remove and N of all",
        .flags = Flag::write,
    };
    static constexpr auto syntax =
        sequence(key_arg("key", &Zremrangebylex::key, Use::rw | Use::del),
                 arg("min", &Zremrangebylex::min), arg("max", &Zremrangebylex::max));

    void run(Context& context, Writer& reply) const
    {
        remove_range(context, key, By::text, min, max, Event::zremrangebylex, reply);
    }
};

struct Zremrangebyrank {
    Key key;
    std::string_view start;
    std::string_view stop;

    static constexpr Spec spec{
        .name = "ZREMRANGEBYRANK",
        .summary = "Removes the members of a sorted set in a range of ranks.",
        .since = "2.0.0",
        .complexity = "O(M*log(N)), M being the number of members to remove and N of all",
        .flags = Flag::write,
    };
    static constexpr auto syntax =
        sequence(key_arg("key", &Zremrangebyrank::key, Use::rw | Use::del),
                 arg("start", &Zremrangebyrank::start).of_type(ArgumentType::integer),
                 arg("stop", &Zremrangebyrank::stop).of_type(ArgumentType::integer));

    void run(Context& context, Writer& reply) const
    {
        remove_range(context, key, By::rank, start, stop, Event::zremrangebyrank, reply);
    }
};

struct Zremrangebyscore {
    Key key;
    std::string_view min;
    std::string_view max;

    static constexpr Spec spec{
        .name = "ZREMRANGEBYSCORE",
        .summary = "Removes the members of a sorted set in a range of scores.",
        .since = "1.2.0",
        .complexity = "O(M*log(N)), M being the number of members to remove and N of all",
        .flags = Flag::write,
    };
    static constexpr auto syntax =
        sequence(key_arg("key", &Zremrangebyscore::key, Use::rw | Use::del),
                 arg("min", &Zremrangebyscore::min).of_type(ArgumentType::real),
                 arg("max", &Zremrangebyscore::max).of_type(ArgumentType::real));

    void run(Context& context, Writer& reply) const
    {
        remove_range(context, key, By::score, min, max, Event::zremrangebyscore, reply);
    }
};

}  // namespace

constexpr auto sorted_set_part_commands =
    dispatch::commands<Zcount, Zlexcount, Zremrangebylex, Zremrangebyrank, Zremrangebyscore>;
const dispatch::Family sorted_set_parts{"sorted-set", Category::sortedset,
                                        sorted_set_part_commands};

}  // namespace mini_redis::commands
