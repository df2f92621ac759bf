// Sorted sets: setting and fetching the scores of members.
#include "server/commands/sorted_sets.hpp"

#include <cmath>
#include <vector>

namespace mini_redis::commands {
namespace {

// What ZADD and ZINCRBY are asked for: options, then scores and members in turn.
struct Addition {
    bool only_new = false;
    bool only_old = false;
    bool only_greater = false;
    bool only_less = false;
    bool counts_changes = false;
    bool increments = false;
    Words pairs = {};
    std::vector<double> scores = {};

    static constexpr auto nx = token("NX", &Addition::only_new);
    static constexpr auto xx = token("XX", &Addition::only_old);
    static constexpr auto gt = token("GT", &Addition::only_greater);
    static constexpr auto lt = token("LT", &Addition::only_less);
    static constexpr auto ch = token("CH", &Addition::counts_changes);
    static constexpr auto incr = token("INCR", &Addition::increments);

    // False, and an error written, if they make no sense.
    bool read(Words words, Writer& reply)
    {
        Arguments in(words, 0, {});
        options(nx, xx, gt, lt, ch, incr).parse(*this, in);
        pairs = in.take(in.left());
        if (const auto error = contradiction(); !error.empty()) return reply.error(error), false;
        for (std::size_t i = 0; i < pairs.size(); i += 2)
            if (!dispatch::convert(pairs[i], scores.emplace_back(), in))
                return reply.error(in.error()), false;
        return true;
    }

private:
    std::string_view contradiction() const
    {
        if (pairs.empty() || pairs.size() % 2 != 0) return errors::syntax;
        if (only_new && only_old)
            return "ERR XX and NX options at the same time are not compatible";
        if (only_greater + only_less + only_new > 1)
            return "ERR GT, LT, and/or NX options at the same time are not compatible";
        if (increments && pairs.size() > 2)
            return "ERR INCR option supports a single increment-element pair";
        return {};
    }
};

enum class Outcome : std::uint8_t { added, changed, same, refused, not_a_number };

// Sets one score, which becomes what it is then.
Outcome set_score(SortedSet& set, const Addition& addition, Word member, double& score,
                  const SortedSet::Limits& limits)
{
    const auto held = set.score(member);
    if (held ? addition.only_new : addition.only_old) return Outcome::refused;
    if (held) {
        if (addition.increments) score += *held;
        if (std::isnan(score)) return Outcome::not_a_number;
        if (addition.only_less && score >= *held) return Outcome::refused;
        if (addition.only_greater && score <= *held) return Outcome::refused;
        if (score == *held) return Outcome::same;
    }
    return set.set(member, score, limits) ? Outcome::added : Outcome::changed;
}

struct Counts {
    std::uint64_t added = 0;
    std::uint64_t changed = 0;
    bool refused = false;
};

// Nothing, and an error written, if one cannot be set.
std::optional<Counts> set_scores(Context& context, const Key& key, Addition& addition,
                                 Writer& reply)
{
    const Entry* entry = context.data.find(key);
    if (!must_be(Type::sorted_set, entry, reply)) return std::nullopt;
    if (!entry && addition.only_old) return Counts{.refused = true};
    const SortedSet::Limits limits = sorted_set_limits(context);
    Edited<SortedSet> set(context.data, key, entry);
    Counts counts;
    for (std::size_t i = 0; i < addition.scores.size(); ++i) {
        const Word member = addition.pairs[2 * i + 1];
        const Outcome outcome = set_score(*set, addition, member, addition.scores[i], limits);
        if (outcome == Outcome::not_a_number)
            return reply.error("ERR resulting score is not a number (NaN)"), std::nullopt;
        if (outcome == Outcome::added) ++counts.added;
        if (outcome == Outcome::changed) ++counts.changed;
        if (outcome == Outcome::refused) counts.refused = true;
    }
    if (const auto changes = counts.added + counts.changed; changes != 0)
        context.data.report(addition.increments ? Event::zincr : Event::zadd, key, changes);
    return counts;
}

void add(Context& context, const Key& key, Addition addition, Words words, Writer& reply)
{
    if (!addition.read(words, reply)) return;
    const auto counts = set_scores(context, key, addition, reply);
    if (!counts) return;
    if (addition.increments)
        return counts->refused ? reply.null() : reply.number(addition.scores.front());
    const auto count = addition.counts_changes ? counts->added + counts->changed : counts->added;
    reply.integer(static_cast<std::int64_t>(count));
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
    };
    static constexpr auto syntax = sequence(
        key_arg("key", &Zadd::key, Use::rw | Use::update),
        unread<2>(
            &Zadd::words,
            options(one_of("condition", Addition::nx, Addition::xx).since("3.0.2"),
                    one_of("comparison", Addition::gt, Addition::lt).since("6.2.0"),
                    Addition::ch.named("change").since("3.0.2"),
                    Addition::incr.named("increment").since("3.0.2")),
            repeated(block("score_member", word("score", ArgumentType::real), word("member")))));

    void run(Context& context, Writer& reply) const { add(context, key, {}, words, reply); }
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
        .arity = 4,  // Redis reads them as ZADD's: in place of an increment, `nx` is an option
    };
    static constexpr auto syntax = sequence(
        key_arg("key", &Zincrby::key, Use::rw | Use::access | Use::update),
        unread<2>(&Zincrby::words, word("increment", ArgumentType::integer), word("member")));

    void run(Context& context, Writer& reply) const
    {
        add(context, key, {.increments = true}, words, reply);
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
