// Sorted sets: setting and fetching the scores of members.
#include "server/commands/score_addition.hpp"

namespace mini_redis::commands {
namespace {

// Words: options, then scores and members in turn.
void add(Context& context, const Key& key, ScoreAddition addition, Words words, Writer& reply)
{
    if (addition.read(words, reply)) addition.run(context, key, reply);
}

struct Zadd {
    Key key;
    Words words;

    static constexpr Spec spec{
        .name = "ZADD",
        .summary = "Sets the scores of members of a sorted set, and makes it if it is not there.",
        .since = "1.2.0",
        .complexity = "O(log(N)) for each member, N being the number of members there are",
        .flags = Flag::write | Flag::denyoom | Flag::fast,
        .member = -1,
    };
    static constexpr auto syntax = sequence(
        key_arg("key", &Zadd::key, Use::rw | Use::update),
        unread<2>(
            &Zadd::words,
            options(one_of("condition", ScoreAddition::nx, ScoreAddition::xx).since("3.0.2"),
                    one_of("comparison", ScoreAddition::gt, ScoreAddition::lt).since("6.2.0"),
                    ScoreAddition::ch.named("change").since("3.0.2"),
                    ScoreAddition::incr.named("increment").since("3.0.2")),
            repeated(block("score_member", word("score", ArgumentType::real), word("member")))));

    void run(Context& context, Writer& reply) const
    {
        add(context, key, ScoreAddition(), words, reply);
    }
};

struct Zincrby {
    Key key;
    Words words;

    static constexpr Spec spec{
        .name = "ZINCRBY",
        .summary =
            "Adds to the score of a member of a sorted set; one it has not counts from zero.",
        .since = "1.2.0",
        .complexity = "O(log(N)), N being the number of members",
        .flags = Flag::write | Flag::denyoom | Flag::fast,
        .member = -1,
        .arity = 4,  // Redis reads them as ZADD's: in place of an increment, `nx` is an option
    };
    static constexpr auto syntax = sequence(
        key_arg("key", &Zincrby::key, Use::rw | Use::access | Use::update),
        unread<2>(&Zincrby::words, word("increment", ArgumentType::integer), word("member")));

    void run(Context& context, Writer& reply) const
    {
        ScoreAddition addition;
        addition.increments = true;
        add(context, key, std::move(addition), words, reply);
    }
};

struct Zscore {
    Key key;
    std::string_view member;

    static constexpr Spec spec{
        .name = "ZSCORE",
        .summary = "Returns the score of a member of a sorted set.",
        .since = "1.2.0",
        .complexity = "O(1)",
        .flags = Flag::readonly | Flag::fast,
        .member = 2,
    };
    static constexpr auto syntax = sequence(key_arg("key", &Zscore::key, Use::ro | Use::access),
                                            arg("member", &Zscore::member));

    void run(Context& context, Writer& reply) const
    {
        const Entry* entry = context.data.read(key);
        if (!must_be(Type::sorted_set, entry, reply)) return;
        const auto score = entry ? Borrowed<SortedSet>(*entry)->score(member) : std::nullopt;
        score ? reply.number(*score) : reply.null();
    }
};

struct Zmscore {
    Key key;
    Words members;

    static constexpr Spec spec{
        .name = "ZMSCORE",
        .summary = "Returns the scores of several members, null for those that are not there.",
        .since = "6.2.0",
        .complexity = "O(N), N being the number of members to look for",
        .flags = Flag::readonly | Flag::fast,
        .member = 2,
    };
    static constexpr auto syntax = sequence(key_arg("key", &Zmscore::key, Use::ro | Use::access),
                                            rest("member", &Zmscore::members));

    void run(Context& context, Writer& reply) const
    {
        const Entry* entry = context.data.read(key);
        if (!must_be(Type::sorted_set, entry, reply)) return;
        reply.array(members.size());
        std::optional<Borrowed<SortedSet>> set;
        if (entry) set.emplace(*entry);
        for (const Word member : members) {
            const auto score = set ? (*set)->score(member) : std::nullopt;
            score ? reply.number(*score) : reply.null();
        }
    }
};

}  // namespace

constexpr auto sorted_set_score_commands = dispatch::commands<Zadd, Zincrby, Zmscore, Zscore>;
const dispatch::Family sorted_set_scores{"sorted-set", Category::sortedset,
                                         sorted_set_score_commands};

}  // namespace mini_redis::commands
