// Geo: the members in a circle or a rectangle.
#include "server/commands/geo_query.hpp"

namespace mini_redis::commands {
namespace {

using Shape = GeoQuery::Shape;

// Replies with what is found, or stores it where the command or an option says.
void find(Context& context, const Key& key, Words words, const GeoQuery::Kind& kind, Writer& reply,
          const Key* destination = nullptr)
{
    const Entry* entry = context.data.read(key);
    if (!must_be(Type::sorted_set, entry, reply)) return;
    std::optional<Borrowed<SortedSet>> set;
    if (entry) set.emplace(*entry);
    GeoQuery query(kind, set ? &**set : nullptr);
    if (!query.read(words, context.words[0], reply)) return;
    if (query.destination()) destination = query.destination();
    if (!destination) return query.reply_with_found(reply);
    SortedSet found = query.found();
    set.reset();  // before it is replaced
    store(context, *destination, std::move(found).packed_if(sorted_set_limits(context)),
          kind.shape == Shape::by_options ? Event::geosearchstore : Event::georadiusstore, reply);
}

// How the options are described. ANY came later to some than to others.
constexpr auto count = token_arg("COUNT", word("count", ArgumentType::integer));
constexpr auto count_block = block("count", count, optional(GeoQuery::any));
constexpr auto late_count_block = block("count", count, optional(GeoQuery::any.since("6.2.0")));
constexpr auto radius = word("radius", ArgumentType::real);
constexpr auto longitude = word("longitude", ArgumentType::real);
constexpr auto latitude = word("latitude", ArgumentType::real);

struct Geosearch {
    Key key;
    Words words;

    static constexpr Spec spec{
        .name = "GEOSEARCH",
        .summary = "Returns the members in a circle or a rectangle.",
        .since = "6.2.0",
        .complexity = "O(N+log(M)), N being the number of members around the shape and M of all",
        .flags = Flag::readonly,
    };
    static constexpr auto syntax =
        sequence(key_arg("key", &Geosearch::key, Use::ro | Use::access),
                 unread<5>(&Geosearch::words, GeoQuery::from, GeoQuery::by,
                           options(GeoQuery::order, count_block, GeoQuery::with_position,
                                   GeoQuery::with_distance, GeoQuery::with_hash)));

    void run(Context& context, Writer& reply) const { find(context, key, words, {}, reply); }
};

struct Geosearchstore {
    Key destination;
    Key source;
    Words words;

    static constexpr Spec spec{
        .name = "GEOSEARCHSTORE",
        .summary = "Stores the members in a circle or a rectangle.",
        .since = "6.2.0",
        .complexity = "O(N+log(M)), N being the number of members around the shape and M of all",
        .flags = Flag::write | Flag::denyoom,
    };
    static constexpr auto syntax =
        sequence(key_arg("destination", &Geosearchstore::destination, Use::ow | Use::update),
                 key_arg("source", &Geosearchstore::source, Use::ro | Use::access),
                 unread<5>(&Geosearchstore::words, GeoQuery::from, GeoQuery::by,
                           options(GeoQuery::order, count_block, GeoQuery::store_distances)));

    void run(Context& context, Writer& reply) const
    {
        find(context, source, words, {Shape::by_options, true, {}}, reply, &destination);
    }
};

// The keys follow each other, as they were found.
void find_or_store(Context& context, const Key& key, Words words, Shape shape, Keys store,
                   Keys store_distances, Writer& reply)
{
    const Keys destinations(store.data(), store.size() + store_distances.size());
    find(context, key, words, {shape, false, destinations}, reply);
}

struct Georadius {
    Key key;
    Words words;
    Keys store;
    Keys store_distances;

    static constexpr Spec spec{
        .name = "GEORADIUS",
        .summary = "Returns or stores the members within a distance of a position.",
        .since = "3.2.0",
        .complexity = "O(N+log(M)), N being the number of members around the shape and M of all",
        .flags = Flag::write | Flag::denyoom,
        .deprecated_since = "6.2.0",
        .replaced_by = "`GEOSEARCH` and `GEOSEARCHSTORE` with the `BYRADIUS` argument",
    };
    static constexpr auto syntax = sequence(
        key_arg("key", &Georadius::key, Use::ro | Use::access),
        unread<4>(&Georadius::words, longitude, latitude, radius, GeoQuery::unit,
                  options(GeoQuery::with_position, GeoQuery::with_distance, GeoQuery::with_hash,
                          late_count_block, GeoQuery::order)),
        key_option("STORE", "key", &Georadius::store, Use::ow | Use::update),
        key_option("STOREDIST", "key", &Georadius::store_distances, Use::ow | Use::update));

    void run(Context& context, Writer& reply) const
    {
        find_or_store(context, key, words, Shape::by_position, store, store_distances, reply);
    }
};

struct GeoradiusRo {
    Key key;
    Words words;

    static constexpr Spec spec{
        .name = "GEORADIUS_RO",
        .summary = "Returns the members within a distance of a position.",
        .since = "3.2.10",
        .complexity = "O(N+log(M)), N being the number of members around the shape and M of all",
        .flags = Flag::readonly,
        .deprecated_since = "6.2.0",
        .replaced_by = "`GEOSEARCH` with the `BYRADIUS` argument",
    };
    static constexpr auto syntax =
        sequence(key_arg("key", &GeoradiusRo::key, Use::ro | Use::access),
                 unread<4>(&GeoradiusRo::words, longitude, latitude, radius, GeoQuery::unit,
                           options(GeoQuery::with_position, GeoQuery::with_distance,
                                   GeoQuery::with_hash, late_count_block, GeoQuery::order)));

    void run(Context& context, Writer& reply) const
    {
        find(context, key, words, {Shape::by_position, false, {}}, reply);
    }
};

struct Georadiusbymember {
    Key key;
    Words words;
    Keys store;
    Keys store_distances;

    static constexpr Spec spec{
        .name = "GEORADIUSBYMEMBER",
        .summary = "Returns or stores the members within a distance of a member.",
        .since = "3.2.0",
        .complexity = "O(N+log(M)), N being the number of members around the shape and M of all",
        .flags = Flag::write | Flag::denyoom,
        .deprecated_since = "6.2.0",
        .replaced_by =
            "`GEOSEARCH` and `GEOSEARCHSTORE` with the `BYRADIUS` and `FROMMEMBER` arguments",
    };
    static constexpr auto syntax = sequence(
        key_arg("key", &Georadiusbymember::key, Use::ro | Use::access),
        unread<3>(&Georadiusbymember::words, word("member"), radius, GeoQuery::unit,
                  options(GeoQuery::with_position, GeoQuery::with_distance, GeoQuery::with_hash,
                          count_block, GeoQuery::order)),
        key_option("STORE", "key", &Georadiusbymember::store, Use::ow | Use::update),
        key_option("STOREDIST", "key", &Georadiusbymember::store_distances, Use::ow | Use::update));

    void run(Context& context, Writer& reply) const
    {
        find_or_store(context, key, words, Shape::by_member, store, store_distances, reply);
    }
};

struct GeoradiusbymemberRo {
    Key key;
    Words words;

    static constexpr Spec spec{
        .name = "GEORADIUSBYMEMBER_RO",
        .summary = "Returns the members within a distance of a member.",
        .since = "3.2.10",
        .complexity = "O(N+log(M)), N being the number of members around the shape and M of all",
        .flags = Flag::readonly,
        .deprecated_since = "6.2.0",
        .replaced_by = "`GEOSEARCH` with the `BYRADIUS` and `FROMMEMBER` arguments",
    };
    static constexpr auto syntax =
        sequence(key_arg("key", &GeoradiusbymemberRo::key, Use::ro | Use::access),
                 unread<3>(&GeoradiusbymemberRo::words, word("member"), radius, GeoQuery::unit,
                           options(GeoQuery::with_position, GeoQuery::with_distance,
                                   GeoQuery::with_hash, count_block, GeoQuery::order)));

    void run(Context& context, Writer& reply) const
    {
        find(context, key, words, {Shape::by_member, false, {}}, reply);
    }
};

}  // namespace

constexpr auto geo_search_commands =
    dispatch::commands<Georadius, GeoradiusRo, Georadiusbymember, GeoradiusbymemberRo, Geosearch,
                       Geosearchstore>;
const dispatch::Family geo_searches{"geo", Category::geo, geo_search_commands};

}  // namespace mini_redis::commands
