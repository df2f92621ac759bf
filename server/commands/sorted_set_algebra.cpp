// Sorted sets: what several of them, or of sets, have in common, have together, or have not.
#include "server/commands/score_algebra.hpp"

namespace mini_redis::commands {
namespace {

using Operation = ScoreAlgebra::Operation;

constexpr std::string_view no_number = errors::not_an_integer;

void reply_with_result(Context& context, Operation operation, Keys keys, Words choices,
                       Writer& reply)
{
    ScoreAlgebra algebra(operation);
    if (!algebra.find(context, keys, reply) || !algebra.read(choices, true, reply)) return;
    const SortedSet result = algebra.result();
    MemberList list(algebra.with_scores(), reply);
    list.begin(result.size());
    result.each(list);
}

void store_result(Context& context, Operation operation, const Key& destination, Keys keys,
                  Words choices, Event event, Writer& reply)
{
    ScoreAlgebra algebra(operation);
    if (!algebra.find(context, keys, reply) || !algebra.read(choices, false, reply)) return;
    store(context, destination, algebra.result().packed_if(sorted_set_limits(context)), event,
          reply);
}

struct Zdiff {
    Keys keys;
    Words choices;

    static constexpr Spec spec{
        .name = "ZDIFF",
        .summary = "Returns the members of the first sorted set that no other one has.",
        .since = "6.2.0",
        .complexity =
            "O(L+N*log(N)), L being the number of members of all sets and N of the first one",
        .flags = Flag::readonly,
    };
    static constexpr auto syntax = sequence(
        counted_keys_arg("key", &Zdiff::keys, Use::ro | Use::access,
                         {no_number, "ERR at least 1 input key is needed for 'zdiff' command"}),
        unread(&Zdiff::choices, options(ScoreAlgebra::scores)));

    void run(Context& context, Writer& reply) const
    {
        reply_with_result(context, Operation::difference, keys, choices, reply);
    }
};

struct Zinter {
    Keys keys;
    Words choices;

    static constexpr Spec spec{
        .name = "ZINTER",
        .summary = "Returns the members that all of several sorted sets have.",
        .since = "6.2.0",
        .complexity =
            "O(N*K+M*log(M)), N being the size of the smallest set, K the number of sets and M of "
            "members",
        .flags = Flag::readonly,
    };
    static constexpr auto syntax = sequence(
        counted_keys_arg("key", &Zinter::keys, Use::ro | Use::access,
                         {no_number, "ERR at least 1 input key is needed for 'zinter' command"}),
        unread(&Zinter::choices,
               options(ScoreAlgebra::weights, ScoreAlgebra::aggregation, ScoreAlgebra::scores)));

    void run(Context& context, Writer& reply) const
    {
        reply_with_result(context, Operation::intersection, keys, choices, reply);
    }
};

struct Zunion {
    Keys keys;
    Words choices;

    static constexpr Spec spec{
        .name = "ZUNION",
        .summary = "Returns the members of all of several sorted sets.",
        .since = "6.2.0",
        .complexity =
            "O(N+M*log(M)), N being the number of members of all sets and M of those returned",
        .flags = Flag::readonly,
    };
    static constexpr auto syntax = sequence(
        counted_keys_arg("key", &Zunion::keys, Use::ro | Use::access,
                         {no_number, "ERR at least 1 input key is needed for 'zunion' command"}),
        unread(&Zunion::choices,
               options(ScoreAlgebra::weights, ScoreAlgebra::aggregation, ScoreAlgebra::scores)));

    void run(Context& context, Writer& reply) const
    {
        reply_with_result(context, Operation::union_of, keys, choices, reply);
    }
};

struct Zdiffstore {
    Key destination;
    Keys keys;
    Words choices;

    static constexpr Spec spec{
        .name = "ZDIFFSTORE",
        .summary = "Stores the members of the first sorted set that no other one has.",
        .since = "6.2.0",
        .complexity =
            "O(L+N*log(N)), L being the number of members of all sets and N of the first one",
        .flags = Flag::write | Flag::denyoom,
    };
    static constexpr auto syntax =
        sequence(key_arg("destination", &Zdiffstore::destination, Use::ow | Use::update),
                 counted_keys_arg(
                     "key", &Zdiffstore::keys, Use::ro | Use::access,
                     {no_number, "ERR at least 1 input key is needed for 'zdiffstore' command"}),
                 unread(&Zdiffstore::choices));

    void run(Context& context, Writer& reply) const
    {
        store_result(context, Operation::difference, destination, keys, choices, Event::zdiffstore,
                     reply);
    }
};

struct Zinterstore {
    Key destination;
    Keys keys;
    Words choices;

    static constexpr Spec spec{
        .name = "ZINTERSTORE",
        .summary = "Stores the members that all of several sorted sets have.",
        .since = "2.0.0",
        .complexity =
            "O(N*K+M*log(M)), N being the size of the smallest set, K the number of sets and M of "
            "members",
        .flags = Flag::write | Flag::denyoom,
    };
    static constexpr auto syntax = sequence(
        key_arg("destination", &Zinterstore::destination, Use::ow | Use::update),
        counted_keys_arg(
            "key", &Zinterstore::keys, Use::ro | Use::access,
            {no_number, "ERR at least 1 input key is needed for 'zinterstore' command"}),
        unread(&Zinterstore::choices, options(ScoreAlgebra::weights, ScoreAlgebra::aggregation)));

    void run(Context& context, Writer& reply) const
    {
        store_result(context, Operation::intersection, destination, keys, choices,
                     Event::zinterstore, reply);
    }
};

struct Zunionstore {
    Key destination;
    Keys keys;
    Words choices;

    static constexpr Spec spec{
        .name = "ZUNIONSTORE",
        .summary = "Stores the members of all of several sorted sets.",
        .since = "2.0.0",
        .complexity =
            "O(N+M*log(M)), N being the number of members of all sets and M of those stored",
        .flags = Flag::write | Flag::denyoom,
    };
    static constexpr auto syntax = sequence(
        key_arg("destination", &Zunionstore::destination, Use::ow | Use::update),
        counted_keys_arg(
            "key", &Zunionstore::keys, Use::ro | Use::access,
            {no_number, "ERR at least 1 input key is needed for 'zunionstore' command"}),
        unread(&Zunionstore::choices, options(ScoreAlgebra::weights, ScoreAlgebra::aggregation)));

    void run(Context& context, Writer& reply) const
    {
        store_result(context, Operation::union_of, destination, keys, choices, Event::zunionstore,
                     reply);
    }
};

struct Zintercard {
    Keys keys;
    Words choices;

    struct Choices {
        CountLimit limit;
    };
    static constexpr auto limit = options(token_arg("LIMIT", arg("limit", &Choices::limit)));

    static constexpr Spec spec{
        .name = "ZINTERCARD",
        .summary = "Counts the members that all of several sorted sets have.",
        .since = "7.0.0",
        .complexity = "O(N*K), N being the size of the smallest set and K the number of sets",
        .flags = Flag::readonly,
    };
    static constexpr auto syntax =
        sequence(counted_keys_arg(
                     "key", &Zintercard::keys, Use::ro | Use::access,
                     {no_number, "ERR at least 1 input key is needed for 'zintercard' command"}),
                 unread(&Zintercard::choices, limit));

    void run(Context& context, Writer& reply) const
    {
        ScoreAlgebra algebra(Operation::intersection);
        if (!algebra.find(context, keys, reply)) return;
        Choices chosen;
        if (!read_late(limit, chosen, choices, reply)) return;
        reply.integer(static_cast<std::int64_t>(algebra.count(chosen.limit.value)));
    }
};

}  // namespace

constexpr auto sorted_set_algebra_commands =
    dispatch::commands<Zdiff, Zdiffstore, Zinter, Zintercard, Zinterstore, Zunion, Zunionstore>;
const dispatch::Family sorted_set_algebra{"sorted-set", Category::sortedset,
                                          sorted_set_algebra_commands};

}  // namespace mini_redis::commands
