// Sorted sets: removing the members with the lowest or the highest scores.
#include "server/commands/sorted_sets.hpp"

namespace mini_redis::commands {
namespace {

// Pops members as a list shows them.
void pop(Context& context, const Key& key, const Entry& entry, Order order, std::size_t count,
         MemberList list)
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
        {count ? MemberList::Form::scores : MemberList::Form::flat_scores, reply});
}

struct Zmpop {
    Keys keys;
    Order order = Order::ascending;
    PopCount count;

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
    static constexpr auto syntax =
        sequence(counted_keys_arg("key", &Zmpop::keys, Use::rw | Use::access | Use::del,
                                  {too_few_keys, too_few_keys}),
                 one_of("where", token("MIN", &Zmpop::order, Order::ascending),
                        token("MAX", &Zmpop::order, Order::descending)),
                 optional(token_arg("COUNT", arg("count", &Zmpop::count))));

    void run(Context& context, Writer& reply) const
    {
        for (const Key& key : keys) {
            const Entry* entry = context.data.find(key);
            if (!must_be(Type::sorted_set, entry, reply)) return;
            if (!entry) continue;
            reply.array(2);
            reply.bulk(key.name);
            return pop(context, key, *entry, order, count.value, {MemberList::Form::pairs, reply});
        }
        reply.null_array();
    }
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

constexpr auto sorted_set_pop_commands = dispatch::commands<Zmpop, Zpopmax, Zpopmin>;
const dispatch::Family sorted_set_pops{"sorted-set", Category::sortedset, sorted_set_pop_commands};

}  // namespace mini_redis::commands
