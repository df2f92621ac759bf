// Sorted sets: members, their ranks, some by chance.
#include "server/commands/sorted_sets.hpp"

#include "server/commands/draw.hpp"

namespace mini_redis::commands {
namespace {

struct Zcard {
    Key key;

    static constexpr Spec spec{
        .name = "ZCARD",
        .summary = "Counts the members of a sorted set.",
        .since = "1.2.0",
        .complexity = "O(1)",
        .flags = Flag::readonly | Flag::fast,
    };
    static constexpr auto syntax = sequence(key_arg("key", &Zcard::key, Use::ro));

    void run(Context& context, Writer& reply) const
    {
        reply_with_size<SortedSet>(context, key, reply);
    }
};

struct Zrem {
    Key key;
    Words members;

    static constexpr Spec spec{
        .name = "ZREM",
        .summary = "Removes members of a sorted set, and the set once it has none.",
        .since = "1.2.0",
        .complexity = "O(M*log(N)), M being the number of members to remove and N of all",
        .flags = Flag::write | Flag::fast,
        .member = 2,
    };
    static constexpr auto syntax =
        sequence(key_arg("key", &Zrem::key, Use::rw | Use::del), rest("member", &Zrem::members));

    void run(Context& context, Writer& reply) const
    {
        const Entry* entry = context.data.find(key);
        if (!must_be(Type::sorted_set, entry, reply)) return;
        if (!entry) return reply.integer(0);
        Edited<SortedSet> set(context.data, key, entry);
        std::uint64_t removed = 0;
        for (const Word member : members) {
            if (set->erase(member)) ++removed;
            if (set->empty()) break;
        }
        if (removed != 0) context.data.report(Event::zrem, key, removed);
        reply.integer(static_cast<std::int64_t>(removed));
    }
};

void reply_with_rank(Context& context, const Key& key, Word member, Order order, Writer& reply)
{
    const Entry* entry = context.data.read(key);
    if (!must_be(Type::sorted_set, entry, reply)) return;
    if (!entry) return reply.null();
    const Borrowed<SortedSet> set(*entry);
    const auto rank = set->rank(member);
    if (!rank) return reply.null();
    const auto position = order == Order::ascending ? *rank : set->size() - 1 - *rank;
    reply.integer(static_cast<std::int64_t>(position));
}

struct Zrank {
    Key key;
    std::string_view member;

    static constexpr Spec spec{
        .name = "ZRANK",
        .summary = "Counts the members of a sorted set whose scores are lower than a member's.",
        .since = "2.0.0",
        .complexity = "O(log(N)), N being the number of members",
        .flags = Flag::readonly | Flag::fast,
        .member = 2,
    };
    static constexpr auto syntax =
        sequence(key_arg("key", &Zrank::key, Use::ro | Use::access), arg("member", &Zrank::member));

    void run(Context& context, Writer& reply) const
    {
        reply_with_rank(context, key, member, Order::ascending, reply);
    }
};

struct Zrevrank {
    Key key;
    std::string_view member;

    static constexpr Spec spec{
        .name = "ZREVRANK",
        .summary = "Counts the members of a sorted set whose scores are higher than a member's.",
        .since = "2.0.0",
        .complexity = "O(log(N)), N being the number of members",
        .flags = Flag::readonly | Flag::fast,
        .member = 2,
    };
    static constexpr auto syntax = sequence(key_arg("key", &Zrevrank::key, Use::ro | Use::access),
                                            arg("member", &Zrevrank::member));

    void run(Context& context, Writer& reply) const
    {
        reply_with_rank(context, key, member, Order::descending, reply);
    }
};

struct Zrandmember {
    Key key;
    std::optional<DrawCount> count;
    bool with_scores = false;

    static constexpr Spec spec{
        .name = "ZRANDMEMBER",
        .summary = "Draws members of a sorted set by chance.",
        .since = "6.2.0",
        .complexity = "O(N), N being the number of members drawn",
        .flags = Flag::readonly,
        .tips = {"nondeterministic_output"},
    };
    static constexpr auto syntax =
        sequence(key_arg("key", &Zrandmember::key, Use::ro | Use::access),
                 optional(block("options", arg("count", &Zrandmember::count),
                                optional(token("WITHSCORES", &Zrandmember::with_scores)))));

    void run(Context& context, Writer& reply) const
    {
        if (with_scores && !count->fits_in_pairs()) return reply.error(errors::out_of_range);
        const Entry* entry = context.data.read(key);
        if (!must_be(Type::sorted_set, entry, reply)) return;
        if (!entry) return count ? reply.array(0) : reply.null();
        const Borrowed<SortedSet> set(*entry);
        if (!count)
            return set->draw([&] { return context.data.local().chance(); },
                             [&](const Element& member, double) { reply_with(member, reply); });
        MemberList list(with_scores, reply);
        list.begin(count->drawn_of(set->size()));
        draw_several(context, *set, *count, list);
    }
};

struct Zscan {
    Key key;
    Cursor cursor;
    Words choices;

    static constexpr Spec spec{
        .name = "ZSCAN",
        .summary = "Goes through the members of a sorted set step by step.",
        .since = "2.8.0",
        .complexity = "O(1) for a step, O(N) for all of them with N members.",
        .flags = Flag::readonly,
        .tips = {"nondeterministic_output"},
    };
    static constexpr auto syntax =
        sequence(key_arg("key", &Zscan::key, Use::ro | Use::access), arg("cursor", &Zscan::cursor),
                 unread(&Zscan::choices, CollectionScan::syntax));

    void run(Context& context, Writer& reply) const
    {
        const Entry* entry = context.data.read(key);
        if (!must_be(Type::sorted_set, entry, reply)) return;
        ScanReply step(reply);
        if (!entry) return step.end(0);
        CollectionScan chosen;
        if (!chosen.read(choices, reply)) return;
        const Borrowed<SortedSet> set(*entry);
        const auto count = static_cast<std::size_t>(chosen.count.value);
        step.end(set->scan(cursor.value, count, [&](const Element& member, double score) {
            if (!chosen.wants(member)) return;
            reply_with(member, step.item());
            reply_with_held(score, set->packed(), step.item());
        }));
    }

private:
    // Redis shows here how it holds a score.
    static void reply_with_held(double score, bool packed, Writer& reply)
    {
        values::ScoreScratch scratch;
        if (packed) return reply_with(values::element_of(score, scratch), reply);
        reply.bulk({scratch, protocol::format_double(scratch, score)});
    }
};

}  // namespace

constexpr auto sorted_set_commands =
    dispatch::commands<Zcard, Zrandmember, Zrank, Zrem, Zrevrank, Zscan>;
const dispatch::Family sorted_sets{"sorted-set", Category::sortedset, sorted_set_commands};

}  // namespace mini_redis::commands
