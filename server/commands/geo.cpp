// Geo: members of a sorted set at positions on the earth.
#include "server/commands/geo_query.hpp"
#include "server/commands/score_addition.hpp"

namespace mini_redis::commands {
namespace {

struct Geoadd {
    Key key;
    Words words;

    static constexpr Spec spec{
        .name = "GEOADD",
        .summary = "Sets the positions of members of a sorted set.",
        .since = "3.2.0",
        .complexity = "O(log(N)) for each member, N being the number of members there are",
        .flags = Flag::write | Flag::denyoom,
        .member = -1,
    };
    static constexpr auto syntax = sequence(
        key_arg("key", &Geoadd::key, Use::rw | Use::update),
        unread<3>(&Geoadd::words,
                  options(one_of("condition", ScoreAddition::nx, ScoreAddition::xx).since("6.2.0"),
                          ScoreAddition::ch.named("change").since("6.2.0")),
                  repeated(block("longitude_latitude_member", word("longitude", ArgumentType::real),
                                 word("latitude", ArgumentType::real), word("member")))));

    void run(Context& context, Writer& reply) const
    {
        ScoreAddition addition;
        if (read(addition, reply)) addition.run(context, key, reply);
    }

private:
    bool read(ScoreAddition& addition, Writer& reply) const
    {
        Arguments in(words, 0, {});
        options(ScoreAddition::nx, ScoreAddition::xx, ScoreAddition::ch).parse(addition, in);
        if (in.done() || in.left() % 3 != 0 || (addition.only_new && addition.only_old))
            return reply.error(errors::syntax), false;
        while (!in.done()) {
            const Words item = in.take(3);
            Position position;
            if (!read_position(item[0], item[1], position, reply)) return false;
            const GeoCell cell(position, GeoCell::step_max);
            addition.items.push_back({cell.scores().first, item[2]});
        }
        return true;
    }
};

struct Geodist {
    Key key;
    std::string_view member1;
    std::string_view member2;
    Words unit;

    static constexpr Spec spec{
        .name = "GEODIST",
        .summary = "Returns the distance between two members.",
        .since = "3.2.0",
        .complexity = "O(1)",
        .flags = Flag::readonly,
    };
    static constexpr auto syntax = sequence(
        key_arg("key", &Geodist::key, Use::ro | Use::access), arg("member1", &Geodist::member1),
        arg("member2", &Geodist::member2), unread(&Geodist::unit, optional(GeoQuery::unit)));

    void run(Context& context, Writer& reply) const
    {
        if (unit.size() > 1) return reply.error(errors::syntax);
        const auto metres = unit.empty() ? std::optional(1.0) : unit_of(unit[0]);
        if (!metres) return reply.error(no_unit);
        const Entry* entry = context.data.read(key);
        if (!must_be(Type::sorted_set, entry, reply)) return;
        if (!entry) return reply.null();
        const Borrowed<SortedSet> set(*entry);
        const auto a = set->score(member1);
        const auto b = set->score(member2);
        if (!a || !b) return reply.null();
        reply_with_distance(distance(GeoCell(*a).centre(), GeoCell(*b).centre()) / *metres, reply);
    }
};

// Replies with something about the position of each member, or for those that are not there.
template <class About, class Without>
void reply_with_each(Context& context, const Key& key, Words members, Writer& reply, About&& about,
                     Without&& without)
{
    const Entry* entry = context.data.read(key);
    if (!must_be(Type::sorted_set, entry, reply)) return;
    std::optional<Borrowed<SortedSet>> set;
    if (entry) set.emplace(*entry);
    reply.array(members.size());
    for (const Word member : members) {
        const auto score = set ? (*set)->score(member) : std::nullopt;
        score ? about(GeoCell(*score).centre()) : without();
    }
}

struct Geohash {
    Key key;
    Words members;

    static constexpr Spec spec{
        .name = "GEOHASH",
        .summary = "Returns the positions of members as geohashes, null for those it has not.",
        .since = "3.2.0",
        .complexity = "O(N), N being the number of members to look for",
        .flags = Flag::readonly,
    };
    static constexpr auto syntax = sequence(key_arg("key", &Geohash::key, Use::ro | Use::access),
                                            unread(&Geohash::members, repeated(word("member"))));

    void run(Context& context, Writer& reply) const
    {
        reply_with_each(
            context, key, members, reply,
            [&](const Position& position) { reply.bulk(geohash_text(position)); },
            [&] { reply.null(); });
    }
};

struct Geopos {
    Key key;
    Words members;

    static constexpr Spec spec{
        .name = "GEOPOS",
        .summary = "Returns the positions of members, null for those that are not there.",
        .since = "3.2.0",
        .complexity = "O(N), N being the number of members to look for",
        .flags = Flag::readonly,
    };
    static constexpr auto syntax = sequence(key_arg("key", &Geopos::key, Use::ro | Use::access),
                                            unread(&Geopos::members, repeated(word("member"))));

    void run(Context& context, Writer& reply) const
    {
        reply_with_each(
            context, key, members, reply,
            [&](const Position& position) { reply_with_position(position, reply); },
            [&] { reply.null_array(); });
    }
};

}  // namespace

constexpr auto geo_commands = dispatch::commands<Geoadd, Geodist, Geohash, Geopos>;
const dispatch::Family geo{"geo", Category::geo, geo_commands};

}  // namespace mini_redis::commands
