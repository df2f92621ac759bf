// Sets: members, which are there or not.
#include "server/commands/sets.hpp"

#include "server/commands/draw.hpp"

namespace mini_redis::commands {
namespace {

struct Sadd {
    Key key;
    Words members;

    static constexpr Spec spec{
        .name = "SADD",
        .summary = "Adds members to a set, and makes the set if it is not there.",
        .since = "1.0.0",
        .complexity = "O(N), N being the number of members to add",
        .flags = Flag::write | Flag::denyoom | Flag::fast,
        .member = 2,
    };
    static constexpr auto syntax =
        sequence(key_arg("key", &Sadd::key, Use::rw | Use::insert), rest("member", &Sadd::members));

    void run(Context& context, Writer& reply) const
    {
        const Entry* entry = context.data.find(key);
        if (!must_be(Type::set, entry, reply)) return;
        const Set::Limits limits = set_limits(context);
        Edited<Set> set(context.data, key, entry);
        std::uint64_t added = 0;
        for (const Word member : members)
            if (set->add(member, limits)) ++added;
        if (added != 0) context.data.report(Event::sadd, key, added);
        reply.integer(static_cast<std::int64_t>(added));
    }
};

struct Srem {
    Key key;
    Words members;

    static constexpr Spec spec{
        .name = "SREM",
        .summary = "Removes members of a set, and the set once it has none.",
        .since = "1.0.0",
        .complexity = "O(N), N being the number of members to remove",
        .flags = Flag::write | Flag::fast,
        .member = 2,
    };
    static constexpr auto syntax =
        sequence(key_arg("key", &Srem::key, Use::rw | Use::del), rest("member", &Srem::members));

    void run(Context& context, Writer& reply) const
    {
        const Entry* entry = context.data.find(key);
        if (!must_be(Type::set, entry, reply)) return;
        if (!entry) return reply.integer(0);
        Edited<Set> set(context.data, key, entry);
        std::uint64_t removed = 0;
        for (const Word member : members) {
            if (set->erase(member)) ++removed;
            if (set->empty()) break;
        }
        if (removed != 0) context.data.report(Event::srem, key, removed);
        reply.integer(static_cast<std::int64_t>(removed));
    }
};

struct Scard {
    Key key;

    static constexpr Spec spec{
        .name = "SCARD",
        .summary = "Counts the members of a set.",
        .since = "1.0.0",
        .complexity = "O(1)",
        .flags = Flag::readonly | Flag::fast,
    };
    static constexpr auto syntax = sequence(key_arg("key", &Scard::key, Use::ro));

    void run(Context& context, Writer& reply) const { reply_with_size<Set>(context, key, reply); }
};

struct Sismember {
    Key key;
    std::string_view member;

    static constexpr Spec spec{
        .name = "SISMEMBER",
        .summary = "Tells whether something is a member of a set.",
        .since = "1.0.0",
        .complexity = "O(1)",
        .flags = Flag::readonly | Flag::fast,
        .member = 2,
    };
    static constexpr auto syntax =
        sequence(key_arg("key", &Sismember::key, Use::ro), arg("member", &Sismember::member));

    void run(Context& context, Writer& reply) const
    {
        const Entry* entry = context.data.read(key);
        if (!must_be(Type::set, entry, reply)) return;
        reply.integer(entry && Borrowed<Set>(*entry)->contains(member) ? 1 : 0);
    }
};

struct Smismember {
    Key key;
    Words members;

    static constexpr Spec spec{
        .name = "SMISMEMBER",
        .summary = "Tells of each of several whether it is a member of a set.",
        .since = "6.2.0",
        .complexity = "O(N), N being the number of members to look for",
        .flags = Flag::readonly | Flag::fast,
        .member = 2,
    };
    static constexpr auto syntax = sequence(key_arg("key", &Smismember::key, Use::ro | Use::access),
                                            rest("member", &Smismember::members));

    void run(Context& context, Writer& reply) const
    {
        const Entry* entry = context.data.read(key);
        if (!must_be(Type::set, entry, reply)) return;
        reply.array(members.size());
        std::optional<Borrowed<Set>> set;
        if (entry) set.emplace(*entry);
        for (const Word member : members) reply.integer(set && (*set)->contains(member) ? 1 : 0);
    }
};

struct Smembers {
    Key key;

    static constexpr Spec spec{
        .name = "SMEMBERS",
        .summary = "Returns all members of a set.",
        .since = "1.0.0",
        .complexity = "O(N), N being the number of members",
        .flags = Flag::readonly,
        .tips = {"nondeterministic_output_order"},
    };
    static constexpr auto syntax = sequence(key_arg("key", &Smembers::key, Use::ro | Use::access));

    void run(Context& context, Writer& reply) const
    {
        const Entry* entry = context.data.read(key);
        if (!must_be(Type::set, entry, reply)) return;
        if (!entry) return reply.set(0);
        reply_with_all(*Borrowed<Set>(*entry), reply);
    }
};

struct Smove {
    Key source;
    Key destination;
    std::string_view member;

    static constexpr Spec spec{
        .name = "SMOVE",
        .summary = "Moves a member from one set to another.",
        .since = "1.0.0",
        .complexity = "O(1)",
        .flags = Flag::write | Flag::fast,
    };
    static constexpr auto syntax =
        sequence(key_arg("source", &Smove::source, Use::rw | Use::access | Use::del),
                 key_arg("destination", &Smove::destination, Use::rw | Use::insert),
                 arg("member", &Smove::member));

    void run(Context& context, Writer& reply) const
    {
        const Entry* from = context.data.find(source);
        const Entry* to = context.data.find(destination);
        if (!from) return reply.integer(0);
        if (!must_be(Type::set, from, reply) || !must_be(Type::set, to, reply)) return;
        if (!Borrowed<Set>(*from)->contains(member)) return reply.integer(0);
        reply.integer(1);
        if (source == destination) return;
        // Added before it is removed, so that it is not lost where there is no memory to add it.
        const bool added =
            Edited<Set>(context.data, destination, to)->add(member, set_limits(context));
        {
            Edited<Set> set(context.data, source, from);
            set->erase(member);
            context.data.report(Event::srem, source);
        }
        if (added) context.data.report(Event::sadd, destination);
    }
};

struct Sscan {
    Key key;
    Cursor cursor;
    Words choices;

    static constexpr Spec spec{
        .name = "SSCAN",
        .summary = "Goes through the members of a set step by step.",
        .since = "2.8.0",
        .complexity = "O(1) for a step, O(N) for all of them with N members.",
        .flags = Flag::readonly,
        .tips = {"nondeterministic_output"},
    };
    static constexpr auto syntax =
        sequence(key_arg("key", &Sscan::key, Use::ro | Use::access), arg("cursor", &Sscan::cursor),
                 unread(&Sscan::choices, CollectionScan::syntax));

    void run(Context& context, Writer& reply) const
    {
        const Entry* entry = context.data.read(key);
        if (!must_be(Type::set, entry, reply)) return;
        ScanReply step(reply);
        if (!entry) return step.end(0);
        CollectionScan chosen;
        if (!chosen.read(choices, reply)) return;
        const auto count = static_cast<std::size_t>(chosen.count.value);
        step.end(Borrowed<Set>(*entry)->scan(cursor.value, count, [&](const Element& member) {
            if (chosen.wants(member)) reply_with(member, step.item());
        }));
    }
};

}  // namespace

constexpr auto set_commands =
    dispatch::commands<Sadd, Scard, Sismember, Smembers, Smismember, Smove, Srem, Sscan>;
const dispatch::Family sets{"set", Category::set, set_commands};

}  // namespace mini_redis::commands
