// Sorted sets: removing the members with the lowest or the highest scores, at once or when there
// are any.
#include "server/commands/patience.hpp"
#include "server/commands/sorted_sets.hpp"

namespace mini_redis::commands {
namespace {

// Pops members as `list` shows them.
template <class List>
void pop(Context& context, const Key& key, const Entry& entry, Order order, std::size_t count,
         List list)
{
    Edited<SortedSet> set(context.data, key, &entry);
    const std::size_t size = set->size();
    const std::size_t popped = std::min(count, size);
    SortedSet::Ranks ranks{0, popped};
    if (order == Order::descending) ranks = {size - popped, size};
    list.begin(popped);
    set->walk(ranks, order, list);
    set->erase(ranks);
    context.data.report(order == Order::ascending ? Event::zpopmin : Event::zpopmax, key, popped);
}

// (In RESP3 one that is popped without a count is no array of its own.)
void pop_some(Context& context, const Key& key, Order order, const std::optional<Amount>& count,
              Writer& reply)
{
    const Entry* entry = context.data.find(key);
    if (!must_be(Type::sorted_set, entry, reply)) return;
    if (!entry || (count && count->value == 0)) return reply.array(0);
    pop(context, key, *entry, order, count.value_or(Amount{1}).value,
        MemberList(count ? MemberList::Form::scores : MemberList::Form::flat_scores, reply));
}

struct Mpop {
    Keys keys;
    Order order = Order::ascending;
    PopCount count;

    // Whether one of them is there.
    bool take(Context& context, Writer& reply) const
    {
        const auto from = [&](const Key& key, const Entry& entry) {
            reply.array(2);
            reply.bulk(key.name);
            pop(context, key, entry, order, count.value,
                MemberList(MemberList::Form::pairs, reply));
        };
        return with_first(context, keys, Type::sorted_set, reply, from);
    }
};

constexpr auto mpop_keys = counted_keys_arg("key", &Mpop::keys, Use::rw | Use::access | Use::del,
                                            {too_few_keys, too_few_keys});
constexpr auto mpop_order = one_of("where", token("MIN", &Mpop::order, Order::ascending),
                                   token("MAX", &Mpop::order, Order::descending));
constexpr auto mpop_count = optional(token_arg("COUNT", arg("count", &Mpop::count)));

struct Zmpop : Mpop {
    static constexpr Spec spec{
        .name = "ZMPOP",
        .summary =
            "Removes members with the lowest or the highest scores of the first sorted set "
            "of several that is there, and returns them.",
        .since = "7.0.0",
        .complexity =
            "O(K+M*log(N)), K being the number of keys, M of members to remove and N of "
            "all",
        .flags = Flag::write,
    };
    static constexpr auto syntax = sequence(mpop_keys, mpop_order, mpop_count);

    void run(Context& context, Writer& reply) const
    {
        if (!take(context, reply)) reply.null_array();
    }
};

struct Bzmpop : Mpop {
    Word timeout;  // which Redis reads last

    static constexpr Spec spec{
        .name = "BZMPOP",
        .summary =
            "Removes members with the lowest or the highest scores of the first sorted set "
            "of several that is there, and returns them; or waits for one.",
        .since = "7.0.0",
        .complexity =
            "O(K+M*log(N)), K being the number of keys, M of members to remove and N of "
            "all",
        .flags = Flag::write | Flag::blocking,
    };
    static constexpr auto syntax =
        sequence(arg("timeout", &Bzmpop::timeout).of_type(ArgumentType::real), mpop_keys,
                 mpop_order, mpop_count);

    void run(Context& context, Writer& reply) const
    {
        PatienceInSeconds patience;
        if (!read_patience(timeout, patience, reply)) return;
        if (!take(context, reply))
            wait_for(context, Type::sorted_set, keys.size(), patience, reply);
    }
};

// One member, behind its key.
struct OneOfKey {
    const Key& key;
    Writer& reply;

    void begin(std::size_t) const
    {
        reply.array(3);
        reply.bulk(key.name);
    }
    void operator()(const Element& member, double score) const
    {
        reply_with(member, reply);
        reply.number(score);
    }
};

struct PopOneOrWait : PopOrWait {
    void take(Context& context, Order order, Writer& reply) const
    {
        const auto one = [&](const Key& key, const Entry& entry) {
            pop(context, key, entry, order, 1, OneOfKey{key, reply});
        };
        take_or_wait(context, Type::sorted_set, reply, one);
    }
};

constexpr auto pops_or_waits = Flag::write | Flag::noscript | Flag::fast | Flag::blocking;

struct Bzpopmax : PopOneOrWait {
    static constexpr Spec spec{
        .name = "BZPOPMAX",
        .summary =
            "Removes the member of a sorted set with the highest score and returns it; or "
            "waits for one.",
        .since = "5.0.0",
        .complexity = "O(K+log(N)), K being the number of keys and N of the members",
        .flags = pops_or_waits,
    };

    void run(Context& context, Writer& reply) const { take(context, Order::descending, reply); }
};

struct Bzpopmin : PopOneOrWait {
    static constexpr Spec spec{
        .name = "BZPOPMIN",
        .summary =
            "Removes the member of a sorted set with the lowest score and returns it; or "
            "waits for one.",
        .since = "5.0.0",
        .complexity = "O(K+log(N)), K being the number of keys and N of the members",
        .flags = pops_or_waits,
    };

    void run(Context& context, Writer& reply) const { take(context, Order::ascending, reply); }
};

struct Zpopmax {
    Key key;
    std::optional<Amount> count;

    static constexpr Spec spec{
        .name = "ZPOPMAX",
        .summary = "Removes the members of a sorted set with the highest scores and returns them.",
        .since = "5.0.0",
        .complexity = "O(M*log(N)), M being the number of members to remove and N of all",
        .flags = Flag::write | Flag::fast,
    };
    static constexpr auto syntax =
        sequence(key_arg("key", &Zpopmax::key, Use::rw | Use::access | Use::del),
                 optional_last(arg("count", &Zpopmax::count)));

    void run(Context& context, Writer& reply) const
    {
        pop_some(context, key, Order::descending, count, reply);
    }
};

struct Zpopmin {
    Key key;
    std::optional<Amount> count;

    static constexpr Spec spec{
        .name = "ZPOPMIN",
        .summary = "Removes the members of a sorted set with the lowest scores and returns them.",
        .since = "5.0.0",
        .complexity = "O(M*log(N)), M being the number of members to remove and N of all",
        .flags = Flag::write | Flag::fast,
    };
    static constexpr auto syntax =
        sequence(key_arg("key", &Zpopmin::key, Use::rw | Use::access | Use::del),
                 optional_last(arg("count", &Zpopmin::count)));

    void run(Context& context, Writer& reply) const
    {
        pop_some(context, key, Order::ascending, count, reply);
    }
};

}  // namespace

constexpr auto sorted_set_pop_commands =
    dispatch::commands<Bzmpop, Bzpopmax, Bzpopmin, Zmpop, Zpopmax, Zpopmin>;
const dispatch::Family sorted_set_pops{"sorted-set", Category::sortedset, sorted_set_pop_commands};

}  // namespace mini_redis::commands
